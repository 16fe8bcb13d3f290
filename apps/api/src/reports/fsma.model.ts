import { Field, Float, ID, ObjectType } from '@nestjs/graphql';
import type { FsmaRow } from '@tallyhouse/audit';
import { DateTimeScalar } from '../shared/scalars/index.js';

@ObjectType('FsmaRow', { description: 'An item of a critical tracking event (21 CFR 1.1310 and following).' })
export class FsmaRowModel implements FsmaRow {
  @Field(() => String, { description: 'The critical tracking event.' })
  public event: FsmaRow['event'];

  @Field(() => ID)
  public eventId: string;

  @Field(() => DateTimeScalar)
  public time: Date;

  @Field(() => String, { nullable: true })
  public traceabilityLotCode: string | null;

  @Field(() => String, { nullable: true })
  public product: string | null;

  @Field(() => String, { nullable: true })
  public productName: string | null;

  @Field(() => Float, { nullable: true })
  public quantity: number | null;

  @Field(() => String, { nullable: true })
  public uom: string | null;

  @Field(() => String)
  public item: string;

  @Field(() => String, { nullable: true })
  public location: string | null;

  @Field(() => String, { nullable: true })
  public locationName: string | null;

  @Field(() => String, { nullable: true })
  public from: string | null;

  @Field(() => String, { nullable: true })
  public to: string | null;

  @Field(() => String, { nullable: true })
  public referenceDocument: string | null;

  @Field(() => String)
  public role: string;

  @Field(() => [String], { description: 'Key data elements that the event lacks.' })
  public missing: readonly string[];
}

@ObjectType('FsmaSheet', { description: 'The sortable sheet of the Food Traceability Rule (21 CFR 1.1455).' })
export class FsmaSheetModel {
  @Field(() => [FsmaRowModel], { complexity: 1 })
  public rows: readonly FsmaRowModel[];

  @Field(() => String, { description: 'The same as CSV; no cell is a formula.' })
  public csv: string;
}
