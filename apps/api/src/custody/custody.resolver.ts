import { Args, Query, Resolver } from '@nestjs/graphql';
import { CustodyReader, type CustodyTransfer, type UnitCustody } from '@tallyhouse/audit';
import { HexScalar } from '../shared/scalars/index.js';
import { AsOfInput, asOfFrom } from '../trace/as-of.input.js';
import { CustodyModel, CustodyTransferModel } from './custody.model.js';

@Resolver(() => CustodyModel)
export class CustodyResolver {
  public constructor(private readonly custodies: CustodyReader) {}

  @Query(() => CustodyModel, { complexity: 20, description: 'Who holds a unit, as of any block or time.' })
  public custody(
    @Args('sscc', {
      type: () => String,
      description: 'SSCC as Digital Link or URN, or the hash of the unit.',
    })
    sscc: string,
    @Args('asOf', { type: () => AsOfInput, nullable: true }) asOf: AsOfInput | null,
  ): Promise<UnitCustody> {
    return this.custodies.custody(sscc, asOfFrom(asOf));
  }

  @Query(() => [CustodyTransferModel], {
    complexity: 20,
    description: 'Offers made to a partner, newest first.',
  })
  public custodyOffers(
    @Args('recipient', { type: () => HexScalar }) recipient: string,
    @Args('asOf', { type: () => AsOfInput, nullable: true }) asOf: AsOfInput | null,
  ): Promise<CustodyTransfer[]> {
    return this.custodies.offersOf(recipient, 'recipient', asOfFrom(asOf));
  }

  @Query(() => [CustodyTransferModel], {
    complexity: 20,
    description: 'Offers that a partner made, newest first.',
  })
  public custodyOffersMade(
    @Args('sender', { type: () => HexScalar }) sender: string,
    @Args('asOf', { type: () => AsOfInput, nullable: true }) asOf: AsOfInput | null,
  ): Promise<CustodyTransfer[]> {
    return this.custodies.offersOf(sender, 'sender', asOfFrom(asOf));
  }
}
