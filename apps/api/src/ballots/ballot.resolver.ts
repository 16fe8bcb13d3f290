import { Args, Context, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import {
  BallotDesk,
  BallotGovernor,
  BallotRepository,
  faultOfContent,
  type Intake,
  type RelayedBallot,
} from '@tallyhouse/governance';
import { InputError } from '../shared/errors/api.errors.js';
import { addressHolder } from '../shared/limits/rate-limits.js';
import type { RequestContext } from '../shared/request/request-context.js';
import { HexScalar, JsonScalar } from '../shared/scalars/index.js';
import { BallotContentInput, BallotInput, contentOf, signedBallot } from './ballot.input.js';
import { RelayBallotResultModel, RelayedBallotModel } from './ballot.model.js';
import { RelayerModel } from './relayer.model.js';
import { relayerOf } from './relayer.js';
import { signable } from './signable.js';

@Resolver(() => RelayedBallotModel)
export class BallotResolver {
  public constructor(
    private readonly desk: BallotDesk,
    private readonly governor: BallotGovernor,
    private readonly ballots: BallotRepository,
  ) {}

  @Mutation(() => RelayBallotResultModel, {
    complexity: 50,
    description:
      'Brings a signed ballot to the governor; the voter needs no coin. Handed in again it is the same ballot.',
  })
  public relayBallot(
    @Args('ballot', { type: () => BallotInput }) ballot: BallotInput,
    @Context() { client }: RequestContext,
  ): Promise<Intake> {
    return this.desk.take(signedBallot(ballot), addressHolder(client));
  }

  @Query(() => JsonScalar, {
    complexity: 50,
    description:
      "What the voter signs, as eth_signTypedData_v4 takes it, with the governor's next nonce in it.",
  })
  public async ballotToSign(
    @Args('ballot', { type: () => BallotContentInput }) ballot: BallotContentInput,
  ): Promise<unknown> {
    const content = contentOf(ballot);
    const fault = faultOfContent(content);
    if (fault) throw new InputError('ARGUMENT_INVALID', fault.message);
    return signable(await this.governor.toSign(content));
  }

  @Query(() => RelayedBallotModel, { nullable: true })
  public relayedBallot(@Args('id', { type: () => ID }) id: string): Promise<RelayedBallot | null> {
    return this.ballots.find(id);
  }

  @Query(() => [RelayedBallotModel], {
    description: 'The last 20 ballots that a voter gave us, newest first.',
  })
  public relayedBallots(
    @Args('voter', { type: () => HexScalar }) voter: string,
    @Args('proposalId', { type: () => ID, nullable: true }) proposalId: string | null,
  ): Promise<RelayedBallot[]> {
    return this.ballots.ofVoter(voter, proposalId);
  }

  @Query(() => RelayerModel, { description: 'Whether signed ballots are relayed, and within which bounds.' })
  public async relayer(): Promise<RelayerModel> {
    return relayerOf(await this.desk.status());
  }
}
