import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type {
  AnchoringRow,
  CaptureDocumentRow,
  CaptureErrorRow,
  CaptureJobRow,
} from '@tallyhouse/supply-chain';
import { BigIntScalar, DateTimeScalar, HexScalar } from '../shared/scalars/index.js';

export const CaptureErrorBehaviourEnum = { ROLLBACK: 'ROLLBACK', PROCEED: 'PROCEED' } as const;
registerEnumType(CaptureErrorBehaviourEnum, {
  name: 'CaptureErrorBehaviour',
  description: 'What a bad event does to the others of its document (EPCIS 2.0).',
  valuesMap: {
    ROLLBACK: { description: 'Nothing of the document is stored.' },
    PROCEED: { description: 'The good events are stored.' },
  },
});

export const CaptureJobStateEnum = {
  RUNNING: 'RUNNING',
  SUCCEEDED: 'SUCCEEDED',
  PARTIAL: 'PARTIAL',
  FAILED: 'FAILED',
} as const;
registerEnumType(CaptureJobStateEnum, { name: 'CaptureJobState' });

@ObjectType('CaptureError', { description: 'One thing wrong with a document.' })
export class CaptureErrorModel implements Omit<CaptureErrorRow, 'jobId'> {
  @Field(() => Int, {
    nullable: true,
    description: 'Position in the eventList; null for the document as a whole.',
  })
  public eventIndex: number | null;

  @Field(() => String, { description: 'JSON Pointer (RFC 6901).' })
  public pointer: string;

  @Field(() => String)
  public rule: string;

  @Field(() => String)
  public found: string;

  @Field(() => String)
  public expected: string;
}

@ObjectType('CaptureJob', { description: 'One capture of a document and how it ended.' })
export class CaptureJobModel implements CaptureJobRow {
  @Field(() => ID)
  public id: string;

  @Field(() => HexScalar)
  public partner: string;

  @Field(() => CaptureJobStateEnum)
  public state: CaptureJobRow['state'];

  @Field(() => CaptureErrorBehaviourEnum)
  public errorBehaviour: CaptureJobRow['errorBehaviour'];

  @Field(() => Int, { description: 'Events in the document.' })
  public total: number;

  @Field(() => Int)
  public stored: number;

  @Field(() => Int, { description: 'Events that were stored already.' })
  public duplicate: number;

  @Field(() => Int)
  public rejected: number;

  @Field(() => Int, { description: 'Elements of master data in the header, whether or not they were new.' })
  public masterDataElements: number;

  @Field(() => DateTimeScalar)
  public createdAt: Date;

  @Field(() => DateTimeScalar, { nullable: true })
  public finishedAt: Date | null;
}

@ObjectType('CaptureDocument', {
  description:
    'A document as it was received; GET /epcis/v2/capture/{id}/document gives its partner the bytes.',
})
export class CaptureDocumentModel implements Omit<CaptureDocumentRow, 'jobId' | 'partner' | 'documentId'> {
  @Field(() => String)
  public mediaType: string;

  @Field(() => BigIntScalar)
  public bytes: string;

  @Field(() => HexScalar, { description: 'SHA-256 of the bytes.' })
  public sha256: string;
}

@ObjectType('CaptureAnchoring', { description: 'Stored events of a capture by how far they are.' })
export class CaptureAnchoringModel implements Omit<AnchoringRow, 'jobId'> {
  @Field(() => Int, { description: 'Not in a batch yet.' })
  public pending: number;

  @Field(() => Int, { description: 'In a batch that is not on chain yet, or not any more.' })
  public sealed: number;

  @Field(() => Int, { description: 'On chain.' })
  public anchored: number;

  @Field(() => Int, { description: 'On chain in a block that stays.' })
  public final: number;
}
