import { Args, ID, Query, Resolver } from '@nestjs/graphql';
import { ProofReader, type EventProofRow } from '@tallyhouse/supply-chain';
import type { ProofBundle, TextBundle } from '@tallyhouse/proofs';
import { JsonScalar } from '../shared/scalars/index.js';
import { ProofBundles } from './proof-bundle.service.js';
import { EventProofModel } from './proof.model.js';

@Resolver(() => EventProofModel)
export class ProofResolver {
  public constructor(
    private readonly proofs: ProofReader,
    private readonly bundles: ProofBundles,
  ) {}

  @Query(() => EventProofModel, {
    nullable: true,
    complexity: 200,
    description: 'The proof of an event; null while its batch is not on chain.',
  })
  public proof(@Args('eventId', { type: () => ID }) eventId: string): Promise<EventProofRow | undefined> {
    return this.proofs.find(eventId);
  }

  @Query(() => JsonScalar, {
    nullable: true,
    complexity: 400,
    description:
      'The proof of an event as one file, from its fields to the block header; docs/verification.md tells every member. Null while its batch is not on chain.',
  })
  public proofBundle(
    @Args('eventId', { type: () => ID }) eventId: string,
    @Args('disclose', {
      type: () => [String],
      nullable: true,
      description: 'JSON Pointers of the fields to show, with all below them; left out, the whole event.',
    })
    disclose: string[] | null,
  ): Promise<ProofBundle | null> {
    return this.bundles.of(eventId, disclose ?? undefined);
  }

  @Query(() => JsonScalar, {
    nullable: true,
    complexity: 400,
    description:
      'The proof of a text as one file, from its words to the block header; docs/verification.md tells every member. Null while its batch is not on chain.',
  })
  public textProofBundle(@Args('textId', { type: () => ID }) textId: string): Promise<TextBundle | null> {
    return this.bundles.ofText(textId.toLowerCase());
  }
}
