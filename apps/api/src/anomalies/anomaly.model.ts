import { Field, Float, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { AnomalyLevelRow, AnomalyRow, EventStreamRow, ReadingStreamRow } from '@tallyhouse/anomalies';
import { connectionType } from '../shared/relay/connection.js';
import { BigIntScalar, DateTimeScalar, HexScalar } from '../shared/scalars/index.js';

export const AnomalyVerdictEnum = { REAL: 'REAL', NOT_REAL: 'NOT_REAL' } as const;
registerEnumType(AnomalyVerdictEnum, {
  name: 'AnomalyVerdict',
  description: 'What people say of a reported anomaly: something was the matter, or nothing was.',
});

export const AnomalySourceEnum = { SERIES: 'SERIES', READINGS: 'READINGS', EVENTS: 'EVENTS' } as const;
registerEnumType(AnomalySourceEnum, {
  name: 'AnomalySource',
  description: 'What an anomaly is of: a period of a series, readings of a sensor, or an event.',
});

@ObjectType('Anomaly', {
  description:
    'A value of a series, readings of a sensor, or an event, that stand out, judged by what came before them.',
})
export class AnomalyModel implements AnomalyRow {
  @Field(() => ID)
  public id: string;

  @Field(() => ID, { nullable: true, description: 'Null where no period of a series stands out.' })
  public seriesId: string | null;

  @Field(() => ID, { nullable: true, description: 'Null where no readings stand out.' })
  public streamId: string | null;

  @Field(() => ID, { nullable: true, description: 'Null where no event stands out.' })
  public eventStreamId: string | null;

  @Field(() => ID, { nullable: true, description: 'The event, or that with the reading; null for a series.' })
  public eventId: string | null;

  @Field(() => DateTimeScalar, {
    description: 'Start of the period of a series, or time of the reading or of the event.',
  })
  public periodStart: Date;

  @Field(() => Float, { description: 'Of an event, the feature that its explanation names first.' })
  public value: number;

  @Field(() => Float, { nullable: true, description: 'What would have been usual.' })
  public expected: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'Probability of a value or an event this strange, by the past of the series or of the stream; null for readings.',
  })
  public pValue: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'The false discovery rate at which it would just be reported, among all series of its period, or the last 1,000 events of its stream; null for readings.',
  })
  public qValue: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'How far the readings are from every stretch before, in multiples of a usual distance; null for others.',
  })
  public novelty: number | null;

  @Field(() => String, { description: 'The detector that was most surprised.' })
  public detector: AnomalyRow['detector'];

  @Field(() => String, { description: 'What is strange, in a sentence.' })
  public explanation: string;

  @Field(() => DateTimeScalar, { description: 'Start of the periods that show it.' })
  public windowStart: Date;

  @Field(() => DateTimeScalar, { description: 'End of the periods that show it, exclusive.' })
  public windowEnd: Date;

  @Field(() => HexScalar, { description: 'SHA-256 of the parameter file of the detectors that judged.' })
  public modelVersion: string;

  @Field(() => BigIntScalar, { description: 'Last indexed block when it was found.' })
  public asOfBlock: string;

  @Field(() => AnomalyVerdictEnum, { nullable: true, description: 'The last verdict that anybody gave.' })
  public verdict: AnomalyRow['verdict'];
}

export const AnomalyConnectionModel = connectionType(AnomalyModel, 'Anomaly');

@ObjectType('AnomalyLevel', {
  description: 'The false discovery rate that anomalies are reported at, and the labels that set it.',
})
export class AnomalyLevelModel implements AnomalyLevelRow {
  @Field(() => Float)
  public level: number;

  @Field(() => Int)
  public labelsReal: number;

  @Field(() => Int)
  public labelsNotReal: number;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Null before the first label.' })
  public setAt: Date | null;
}

@ObjectType('ReadingStream', {
  description: 'Readings that go on from each other: one quantity of one sensor, or of one place.',
})
export class ReadingStreamModel implements ReadingStreamRow {
  @Field(() => ID)
  public id: string;

  @Field(() => HexScalar)
  public partner: string;

  @Field(() => String, { description: 'URI of the sensor, or of the place where it has no name.' })
  public source: string;

  @Field(() => Boolean, { description: 'Whether the source is a sensor.' })
  public sourceIsDevice: boolean;

  @Field(() => String, { description: 'What is measured, such as Temperature.' })
  public kind: string;

  @Field(() => String, { nullable: true, description: 'Part of what is measured, such as an axis.' })
  public component: string | null;

  @Field(() => String, { nullable: true, description: 'A chemical substance or a microorganism.' })
  public substance: string | null;

  @Field(() => String, { nullable: true, description: 'Unit by UN/CEFACT Recommendation 20, such as CEL.' })
  public uom: string | null;

  @Field(() => BigIntScalar, { description: 'Readings that were taken.' })
  public readings: string;

  @Field(() => BigIntScalar, {
    description:
      'Readings that came after a later one was taken, or for the time of one; they are not judged.',
  })
  public late: string;

  @Field(() => DateTimeScalar, { description: 'Time of the last reading.' })
  public lastTime: Date;
}

@ObjectType('EventStream', {
  description: 'Events that are held against each other: one step of one sender.',
})
export class EventStreamModel implements EventStreamRow {
  @Field(() => ID)
  public id: string;

  @Field(() => HexScalar)
  public partner: string;

  @Field(() => String, { description: 'As EPCIS names it, such as shipping; empty where none is told.' })
  public bizStep: string;

  @Field(() => BigIntScalar, { description: 'Events that were taken.' })
  public events: string;
}
