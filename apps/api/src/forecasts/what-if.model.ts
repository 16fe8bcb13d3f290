import { Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type {
  CovariateKind,
  FeatureSpec,
  GivenStatement,
  WhatIfPoint,
  WhatIfValue,
} from '@tallyhouse/forecasting';
import type { ModelVersionRow } from '@tallyhouse/model-registry';
import { ModelVersionStateEnum } from '../models/model.model.js';
import { SeriesFrequencyEnum, SeriesMeasureEnum } from '../series/series.model.js';
import { DateTimeScalar, HexScalar } from '../shared/scalars/index.js';
import { ForecastRunModel } from './forecast-run.model.js';
import { QuantileModel } from './forecast.model.js';

export const CovariateKindEnum = { RELATIVE: 'RELATIVE', PLAIN: 'PLAIN', CATEGORY: 'CATEGORY' } as const;
registerEnumType(CovariateKindEnum, {
  name: 'CovariateKind',
  description: 'How a covariate is read.',
  valuesMap: {
    RELATIVE: { description: 'As a share of what it was lately, as a price.' },
    PLAIN: { description: 'As it is, as a promotion that is 0 or 1.' },
    CATEGORY: { description: 'As one of some words, as a supplier.' },
  },
});

@ObjectType('Covariate', { description: 'Something that a version takes beside the values.' })
export class CovariateModel {
  @Field(() => String)
  public name: string;

  @Field(() => CovariateKindEnum)
  public kind: Uppercase<CovariateKind>;

  @Field(() => [String], { description: 'Of a category: the words that it knows.' })
  public words: readonly string[];

  @Field(() => Boolean, {
    description:
      'Whether it helped on values that training had not seen; if not, changing it changes nothing.',
  })
  public isHeard: boolean;

  @Field(() => Float, {
    nullable: true,
    description:
      'By how much the loss grew with another series’ in its place, 0.1 being a tenth; null where too little was known to tell.',
  })
  public gain: number | null;
}

@ObjectType('WhatIfVersion', { description: 'A version that can be asked what if.' })
export class WhatIfVersionModel {
  @Field(() => HexScalar)
  public versionId: string;

  @Field(() => ModelVersionStateEnum, { description: 'PROPOSED of a candidate: it was never in force.' })
  public state: ModelVersionRow['state'];

  @Field(() => Boolean, { description: 'Whether it is what the workers run.' })
  public isRunning: boolean;

  @Field(() => DateTimeScalar, { description: 'When it was put forward.' })
  public proposedTime: Date;

  @Field(() => SeriesMeasureEnum, { description: 'Which series it forecasts.' })
  public measure: FeatureSpec['measure'];

  @Field(() => SeriesFrequencyEnum)
  public frequency: Uppercase<FeatureSpec['frequency']>;

  @Field(() => [CovariateModel], { description: 'What it takes.' })
  public covariates: readonly CovariateModel[];
}

@ObjectType('WhatIfValue', { description: 'What is forecast of a period.' })
export class WhatIfValueModel implements WhatIfValue {
  @Field(() => Float)
  public mean: number;

  @Field(() => [QuantileModel], { description: 'By level, ascending.' })
  public quantiles: readonly QuantileModel[];
}

@ObjectType('WhatIfPoint')
export class WhatIfPointModel implements WhatIfPoint {
  @Field(() => Int, { description: 'Periods ahead, from 1.' })
  public step: number;

  @Field(() => DateTimeScalar, { description: 'Inclusive.' })
  public targetStart: Date;

  @Field(() => DateTimeScalar, { description: 'Exclusive.' })
  public targetEnd: Date;

  @Field(() => Boolean, { description: 'Whether the changes hold in it.' })
  public isChanged: boolean;

  @Field(() => WhatIfValueModel, { description: 'By what partners have said.' })
  public planned: WhatIfValueModel;

  @Field(() => WhatIfValueModel, { description: 'With the changes.' })
  public changed: WhatIfValueModel;

  @Field(() => WhatIfValueModel, {
    nullable: true,
    description:
      'What `run` stored of the same period, brought together with the series that it adds up with; null where it stored none.',
  })
  public stored: WhatIfValueModel | null;
}

@ObjectType('WhatIf', {
  description:
    'A series as it is planned and as it would be, by the version alone: runs also bring it together with the series that it adds up with.',
})
export class WhatIfModel {
  @Field(() => HexScalar)
  public versionId: string;

  @Field(() => HexScalar)
  public artifactSha256: string;

  @Field(() => ModelVersionStateEnum, {
    description:
      'PROPOSED of a candidate: it is not in force and never was, and no forecast that is shown is from it.',
  })
  public state: ModelVersionRow['state'];

  @Field(() => [CovariateModel], { description: 'What the version takes.' })
  public covariates: readonly CovariateModel[];

  @Field(() => DateTimeScalar, { description: 'Nothing after it was known of the series.' })
  public asOf: Date;

  @Field(() => HexScalar, { description: 'SHA-256 of the series and of its covariates as planned.' })
  public dataSha256: string;

  @Field(() => ForecastRunModel, {
    nullable: true,
    description: 'The newest run of the version that has the series; in shadow of a candidate.',
  })
  public run: ForecastRunModel | null;

  @Field(() => [WhatIfPointModel])
  public points: readonly WhatIfPointModel[];
}

@InputType('WhatIfInput')
export class WhatIfInput {
  @Field(() => ID)
  public seriesId: string;

  @Field(() => String, {
    description:
      'As people write them, joined by commas: `price +10 %`, `price -0.5`, `promotion = 1`, `supplier = south`. At most 500 characters.',
  })
  public changes: string;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'The changes hold in periods that begin at it or later; in all that are forecast without it.',
  })
  public from?: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'And before it.' })
  public until?: Date | null;

  @Field(() => HexScalar, {
    nullable: true,
    description: 'A version that was put forward, in force or not; the one that runs without it.',
  })
  public versionId?: string | null;
}

@InputType('CovariateStatementInput', {
  description:
    'What a covariate of a product of yours is or will be. What is said later counts, from when it is said.',
})
export class CovariateStatementInput implements Omit<GivenStatement, 'said'> {
  @Field(() => String, { description: 'Its name, such as `price`.' })
  public covariate: string;

  @Field(() => String, { description: 'Digits of a GTIN, a Digital Link or an EPC URN.' })
  public product: string;

  @Field(() => String, {
    nullable: true,
    description: 'Digits of a GLN, or the URI under which events name the site; all sites without it.',
  })
  public site?: string | null;

  @Field(() => String, { description: 'First day, as 2026-03-01.' })
  public from: string;

  @Field(() => String, { description: 'Last day, included.' })
  public to: string;

  @Field(() => String, { description: 'A number, or a word.' })
  public value: string;
}

@ObjectType('CovariatesSaid')
export class CovariatesSaidModel {
  @Field(() => Int, { description: 'Statements that were kept.' })
  public kept: number;
}
