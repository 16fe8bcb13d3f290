import { tallyGovernorAbi } from '@tallyhouse/chain/generated/tally-governor.js';
import { tallyTokenAbi } from '@tallyhouse/chain/generated/tally-token.js';
import { getBlock, readContract, writeContract } from 'wagmi/actions';
import { zeroAddress } from 'viem';
import { onGovernor } from './governor-call.js';
import { settled } from './tried-call.js';
import type { Hex, Proposal } from './types.js';
import type { Holdings, Receipt, Standing } from './wallet-state.js';
import { running } from './wallet-engine.js';

export type Support = 0 | 1 | 2;
type ProposalCall = Pick<Proposal, 'targets' | 'callValues' | 'calldatas' | 'descriptionHash'>;

/** The account's votes when voting opened (unix seconds), whether it voted, its tokens, and the chain's time. */
export async function standing(account: Hex, proposalId: string, openedAt: number): Promise<Standing> {
  const { config, network } = running();
  const { TallyGovernor, TallyToken } = network.contracts;
  const governor = { address: TallyGovernor, abi: tallyGovernorAbi } as const;
  const token = { address: TallyToken, abi: tallyTokenAbi } as const;
  const ballot = [BigInt(proposalId), account] as const;
  // A time that has not passed yet is refused by the token; nothing stands then.
  const opening = [account, BigInt(Math.floor(openedAt))] as const;
  const [hasVoted, hasOverridden, votesAtOpening, balanceAtOpening, delegateAtOpening] = await Promise.all([
    readContract(config, { ...governor, functionName: 'hasVoted', args: ballot }),
    readContract(config, { ...governor, functionName: 'hasVotedOverride', args: ballot }),
    readContract(config, { ...governor, functionName: 'getVotes', args: opening }).catch(() => 0n),
    readContract(config, { ...token, functionName: 'getPastBalanceOf', args: opening }).catch(() => 0n),
    readContract(config, { ...token, functionName: 'getPastDelegate', args: opening }).catch(
      () => zeroAddress,
    ),
  ]);
  const [held, block] = await Promise.all([holdings(account), getBlock(config)]);
  return {
    ...{ hasVoted, hasOverridden, votesAtOpening, balanceAtOpening, delegateAtOpening, ...held },
    chainTime: Number(block.timestamp),
  };
}

/** What the account holds now, who votes with it, and with how much it votes itself. */
export async function holdings(account: Hex): Promise<Holdings> {
  const { config, network } = running();
  const token = { address: network.contracts.TallyToken, abi: tallyTokenAbi } as const;
  const [votesNow, balance, delegate] = await Promise.all([
    readContract(config, { ...token, functionName: 'getVotes', args: [account] }),
    readContract(config, { ...token, functionName: 'balanceOf', args: [account] }),
    readContract(config, { ...token, functionName: 'delegates', args: [account] }),
  ]);
  return { votesNow, balance, delegate };
}

export function castVote(
  account: Hex,
  proposalId: string,
  support: Support,
  reason: string,
): Promise<Receipt> {
  return onGovernor(account, 'castVoteWithReason', [BigInt(proposalId), support, reason]);
}

/** Votes with the account's own tokens of the opening, over the head of the delegate that it had then. */
export function castOverrideVote(
  account: Hex,
  proposalId: string,
  support: Support,
  reason: string,
): Promise<Receipt> {
  return onGovernor(account, 'castOverrideVote', [BigInt(proposalId), support, reason]);
}

export function queueProposal(account: Hex, call: ProposalCall): Promise<Receipt> {
  return onGovernor(account, 'queue', callArguments(call));
}

export function executeProposal(account: Hex, call: ProposalCall): Promise<Receipt> {
  return onGovernor(account, 'execute', callArguments(call));
}

/** Lets another account, or the account itself, vote with the account's tokens; it counts for votes that open later. */
export async function delegateTo(account: Hex, delegatee: Hex): Promise<Receipt> {
  const { config, network } = running();
  const hash = await writeContract(config, {
    address: network.contracts.TallyToken,
    abi: tallyTokenAbi,
    functionName: 'delegate',
    args: [delegatee],
    account,
    chainId: network.chainId,
  });
  return settled(hash);
}

function callArguments(call: ProposalCall) {
  return [call.targets, call.callValues.map(BigInt), call.calldatas, call.descriptionHash] as const;
}
