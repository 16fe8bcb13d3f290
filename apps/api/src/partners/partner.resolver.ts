import { Query, Resolver } from '@nestjs/graphql';
import { PartnerReader, type PartnerRow } from '@tallyhouse/supply-chain';
import { PartnerModel } from './partner.model.js';

@Resolver(() => PartnerModel)
export class PartnerResolver {
  public constructor(private readonly registered: PartnerReader) {}

  @Query(() => [PartnerModel], { description: 'Partners now registered, by name; at most 1,000.' })
  public partners(): Promise<PartnerRow[]> {
    return this.registered.list();
  }
}
