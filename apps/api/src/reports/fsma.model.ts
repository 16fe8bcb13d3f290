import { Field, Float, ID, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { FsmaDocument, FsmaPlace, FsmaRow } from '@tallyhouse/audit';
import { DateTimeScalar } from '../shared/scalars/index.js';

export const FsmaRoleEnum = { SUBJECT: 'SUBJECT', INPUT: 'INPUT', OUTPUT: 'OUTPUT' } as const;
registerEnumType(FsmaRoleEnum, {
  name: 'FsmaRole',
  description:
    'What went into a packing or transformation, what came out of it, and every lot of other events.',
});

@ObjectType('FsmaPlace', {
  description: 'A location as far as events, the register and the master data of documents describe it.',
})
export class FsmaPlaceModel implements FsmaPlace {
  @Field(() => String)
  public uri: string;

  @Field(() => String, { nullable: true })
  public name: string | null;

  @Field(() => String, { nullable: true, description: 'The partner whose place it is.' })
  public business: string | null;

  @Field(() => String, { nullable: true, description: 'ISO 3166-1.' })
  public country: string | null;

  @Field(() => Float, { nullable: true })
  public latitude: number | null;

  @Field(() => Float, { nullable: true })
  public longitude: number | null;

  @Field(() => String, { nullable: true, description: 'Street, city, state, postal code.' })
  public address: string | null;

  @Field(() => String, { nullable: true })
  public telephone: string | null;
}

@ObjectType('FsmaDocument')
export class FsmaDocumentModel implements FsmaDocument {
  @Field(() => String, { nullable: true, description: 'CBV type: po, desadv, bol and so on.' })
  public type: string | null;

  @Field(() => String)
  public number: string;
}

const place = () => FsmaPlaceModel;
const optional = { nullable: true };

@ObjectType('FsmaRow', { description: 'A lot in a critical tracking event (21 CFR 1.1325 to 1.1350).' })
export class FsmaRowModel implements FsmaRow {
  @Field(() => String, { description: 'The critical tracking event.' })
  public event: FsmaRow['event'];

  @Field(() => ID)
  public eventId: string;

  @Field(() => DateTimeScalar)
  public time: Date;

  @Field(() => String, { description: 'Day at the place of the event, YYYY-MM-DD.' })
  public date: string;

  @Field(() => FsmaRoleEnum)
  public role: FsmaRow['role'];

  @Field(() => String, { description: 'The lot, or what the event names where no lot is known.' })
  public item: string;

  @Field(() => String, { ...optional, description: 'The logistic unit that the lot was in.' })
  public container: string | null;

  @Field(() => String, optional)
  public traceabilityLotCode: string | null;

  @Field(() => String, optional)
  public product: string | null;

  @Field(() => String, optional)
  public productName: string | null;

  @Field(() => String, { ...optional, description: 'Brand, net content, packaging.' })
  public packaging: string | null;

  @Field(() => String, optional)
  public commodity: string | null;

  @Field(() => String, { ...optional, description: 'Variety of produce, species or market name of fish.' })
  public variety: string | null;

  @Field(() => Float, optional)
  public quantity: number | null;

  @Field(() => String, { ...optional, description: 'UN/ECE Recommendation 20; EA for pieces.' })
  public uom: string | null;

  @Field(place, optional)
  public location: FsmaPlaceModel | null;

  @Field(place, { ...optional, description: 'Immediate previous source.' })
  public previousSource: FsmaPlaceModel | null;

  @Field(place, { ...optional, description: 'Immediate subsequent recipient.' })
  public nextRecipient: FsmaPlaceModel | null;

  @Field(place, { ...optional, description: 'Where the lot code was assigned.' })
  public lotCodeSource: FsmaPlaceModel | null;

  @Field(place, optional)
  public farm: FsmaPlaceModel | null;

  @Field(() => String, { ...optional, description: 'Field, pond or other part of the farm.' })
  public growingArea: string | null;

  @Field(() => String, optional)
  public harvester: string | null;

  @Field(() => String, optional)
  public harvesterTelephone: string | null;

  @Field(() => String, { ...optional, description: 'A day, or the first and the last joined by a slash.' })
  public harvestDate: string | null;

  @Field(() => String, { ...optional, description: 'Where fish was caught, by the codes of the event.' })
  public catchAreas: string | null;

  @Field(place, { ...optional, description: 'Where it was cooled.' })
  public cooler: FsmaPlaceModel | null;

  @Field(() => String, optional)
  public coolingDate: string | null;

  @Field(() => String, { ...optional, description: 'When what is packed came to the packer.' })
  public receivedDate: string | null;

  @Field(() => [FsmaDocumentModel])
  public documents: readonly FsmaDocumentModel[];

  @Field(() => [String], { description: 'Key data elements that are asked for and that no event says.' })
  public missing: readonly string[];
}

@ObjectType('FsmaSheet', { description: 'The sortable sheet of the Food Traceability Rule (21 CFR 1.1455).' })
export class FsmaSheetModel {
  @Field(() => [FsmaRowModel], { complexity: 1 })
  public rows: readonly FsmaRowModel[];

  @Field(() => String, {
    description: 'The same as CSV, with blank cells for what nobody said; no cell is a formula.',
  })
  public csv: string;
}
