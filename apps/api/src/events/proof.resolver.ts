import { Args, ID, Query, Resolver } from '@nestjs/graphql';
import { ProofReader, type EventProofRow } from '@tallyhouse/supply-chain';
import { EventProofModel } from './proof.model.js';

@Resolver(() => EventProofModel)
export class ProofResolver {
  public constructor(private readonly proofs: ProofReader) {}

  @Query(() => EventProofModel, {
    nullable: true,
    complexity: 200,
    description: 'The proof of an event; null while its batch is not on chain.',
  })
  public proof(@Args('eventId', { type: () => ID }) eventId: string): Promise<EventProofRow | undefined> {
    return this.proofs.find(eventId);
  }
}
