import { ballotTypedData, tallyGovernorAbi, type BallotToSign, type Deployment } from '@tallyhouse/chain';
import type { Hex } from '@tallyhouse/proofs';
import {
  BaseError,
  ContractFunctionRevertedError,
  type Abi,
  type PublicClient,
  type TypedDataDefinition,
} from 'viem';
import type { SignedBallot } from './ballot.js';
import { refused, refusedByContract, type BallotRefusal } from './refusal.js';

/** What the governor does with a ballot when it is tried and nothing is sent. */
export type Trial =
  | { readonly refusal: BallotRefusal }
  | { readonly weight: bigint; readonly gas: bigint; readonly refusal: null };

/** The call that brings a ballot to the governor. */
export interface BallotCall {
  readonly address: Hex;
  readonly abi: Abi;
  readonly functionName: string;
  readonly args: readonly unknown[];
}

/** TallyGovernor as ballots see it. */
export class BallotGovernor {
  public constructor(
    private readonly client: PublicClient,
    private readonly deployment: Pick<Deployment, 'chainId' | 'contracts'>,
  ) {}

  /** What a voter signs; the nonce is the governor's next one. */
  public async toSign(ballot: Omit<BallotToSign, 'nonce'>): Promise<TypedDataDefinition> {
    const nonce = await this.nonceOf(ballot.voter);
    return ballotTypedData(this.deployment.chainId, this.address, { ...ballot, nonce });
  }

  /** The function and arguments of a ballot of its kind. */
  public callOf({ kind, proposalId, support, voter, reason, params, signature }: SignedBallot): BallotCall {
    const governor = { address: this.address, abi: tallyGovernorAbi as Abi };
    if (kind === 'PLAIN')
      return { ...governor, functionName: 'castVoteBySig', args: [proposalId, support, voter, signature] };
    if (kind === 'OVERRIDE') {
      const args = [proposalId, support, voter, reason, signature];
      return { ...governor, functionName: 'castOverrideVoteBySig', args };
    }
    const args = [proposalId, support, voter, reason, params, signature];
    return { ...governor, functionName: 'castVoteWithReasonAndParamsBySig', args };
  }

  /**
   * Tries a ballot on the chain as it is now, sending nothing. A vote without weight is refused though the contract
   * would take it: nobody pays gas for nothing.
   */
  public async tryBallot(ballot: SignedBallot, sender: Hex): Promise<Trial> {
    try {
      const next = await this.nonceOf(ballot.voter);
      if (ballot.nonce < next)
        return { refusal: refused('NONCE_USED', `nonce: ${ballot.nonce} is used; the next one is ${next}`) };
      if (ballot.nonce > next)
        return { refusal: refused('NONCE_AHEAD', `nonce: the next one is ${next}, not ${ballot.nonce}`) };
      const call = { ...this.callOf(ballot), account: sender };
      const { result } = await this.client.simulateContract(call);
      const weight = result as bigint;
      if (weight === 0n) return { refusal: withoutVotes(ballot) };
      return { weight, gas: await this.client.estimateContractGas(call), refusal: null };
    } catch (error) {
      return { refusal: refusalOf(error) };
    }
  }

  private get address(): Hex {
    return this.deployment.contracts.TallyGovernor.address;
  }

  private nonceOf(voter: Hex): Promise<bigint> {
    const call = {
      address: this.address,
      abi: tallyGovernorAbi,
      functionName: 'nonces',
      args: [voter],
    } as const;
    return this.client.readContract(call);
  }
}

function withoutVotes({ kind }: SignedBallot): BallotRefusal {
  return kind === 'OVERRIDE'
    ? refused('NO_VOTES', 'voter: this account held no tokens when the vote opened')
    : refused(
        'NO_VOTES',
        'voter: this account had no votes when the vote opened; delegate before the next vote',
      );
}

function refusalOf(error: unknown): BallotRefusal {
  const reverted =
    error instanceof BaseError ? error.walk((cause) => cause instanceof ContractFunctionRevertedError) : null;
  if (reverted instanceof ContractFunctionRevertedError)
    return refusedByContract(reverted.data?.errorName ?? reverted.reason ?? 'it gives no reason');
  return refused(
    'CHAIN_UNREACHABLE',
    'the chain does not answer; send the ballot again, or vote yourself',
    10,
  );
}
