import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import type { EventProofRow } from '@tallyhouse/supply-chain';
import { BigIntScalar, DateTimeScalar, HexScalar } from '../shared/scalars/index.js';

@ObjectType('EventProof', {
  description: 'What leads from an event to a log on chain, to be checked by the reader.',
})
export class EventProofModel implements EventProofRow {
  @Field(() => ID)
  public eventId: string;

  @Field(() => HexScalar, { description: 'The 32 bytes of the Event Hash ID, as the leaf has them.' })
  public eventHashId: EventProofRow['eventHashId'];

  @Field(() => HexScalar, { description: 'SHA-256 over the RFC 8785 JSON of the event.' })
  public jcsSha256: EventProofRow['jcsSha256'];

  @Field(() => HexScalar, {
    nullable: true,
    description:
      'What the leaf holds in place of the two hashes above, blinded; null in batches of the first form, which hold the hashes.',
  })
  public content: EventProofRow['content'];

  @Field(() => HexScalar)
  public disclosureRoot: EventProofRow['disclosureRoot'];

  @Field(() => HexScalar)
  public submitter: EventProofRow['submitter'];

  @Field(() => DateTimeScalar)
  public recordTime: Date;

  @Field(() => BigIntScalar, { description: 'Unix seconds, as the leaf has it.' })
  public recordTimeSeconds: string;

  @Field(() => HexScalar)
  public leaf: EventProofRow['leaf'];

  @Field(() => Int)
  public leafIndex: number;

  @Field(() => [HexScalar], {
    description: 'Siblings from the leaf to the root; each pair is sorted before hashing.',
  })
  public path: EventProofRow['path'];

  @Field(() => HexScalar)
  public root: EventProofRow['root'];

  @Field(() => HexScalar)
  public partner: EventProofRow['partner'];

  @Field(() => BigIntScalar)
  public seq: string;

  @Field(() => Int, { description: 'Leaves under the root.' })
  public count: number;

  @Field(() => HexScalar)
  public prevHead: EventProofRow['prevHead'];

  @Field(() => HexScalar)
  public head: EventProofRow['head'];

  @Field(() => HexScalar)
  public schemaId: EventProofRow['schemaId'];

  @Field(() => Int)
  public chainId: number;

  @Field(() => BigIntScalar)
  public blockNumber: string;

  @Field(() => HexScalar)
  public blockHash: EventProofRow['blockHash'];

  @Field(() => DateTimeScalar)
  public blockTime: Date;

  @Field(() => HexScalar)
  public txHash: EventProofRow['txHash'];

  @Field(() => Int)
  public logIndex: number;
}
