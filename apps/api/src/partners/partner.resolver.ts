import { Args, Query, Resolver } from '@nestjs/graphql';
import { PartnerReader, type PartnerRow } from '@tallyhouse/supply-chain';
import { HexScalar } from '../shared/scalars/index.js';
import { PartnerModel } from './partner.model.js';

@Resolver(() => PartnerModel)
export class PartnerResolver {
  public constructor(private readonly registered: PartnerReader) {}

  @Query(() => [PartnerModel], { description: 'Partners now registered, by name; at most 1,000.' })
  public partners(): Promise<PartnerRow[]> {
    return this.registered.list();
  }

  @Query(() => [PartnerModel], {
    description: 'Partners for whom an account may act on chain now: itself, and those that named it.',
  })
  public partnersSpokenFor(
    @Args('account', { type: () => HexScalar }) account: string,
  ): Promise<PartnerRow[]> {
    return this.registered.spokenForBy(account);
  }
}
