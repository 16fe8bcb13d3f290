import { tallyGovernorAbi } from '@tallyhouse/chain/generated/tally-governor.js';
import { triedCall } from './tried-call.js';
import type { Hex } from './types.js';
import type { Receipt } from './wallet-state.js';
import { running } from './wallet-engine.js';

export type GovernorStep =
  | { name: 'castVoteWithReason' | 'castOverrideVote'; args: readonly [bigint, number, string] }
  | { name: 'propose'; args: readonly [readonly Hex[], readonly bigint[], readonly Hex[], string] }
  | { name: 'queue' | 'execute'; args: readonly [readonly Hex[], readonly bigint[], readonly Hex[], Hex] };

/** In its last hours a vote takes more gas than a moment before (see libs/governance, LATE_VOTE_GAS). */
const LATE_VOTE_GAS = 60_000n;

/** A call of the governor, as `triedCall` makes it. */
export function onGovernor<S extends GovernorStep>(
  account: Hex,
  functionName: S['name'],
  args: S['args'],
): Promise<Receipt & { answer: unknown }> {
  const address = running().network.contracts.TallyGovernor;
  const isVote = functionName === 'castVoteWithReason' || functionName === 'castOverrideVote';
  const spareGas = isVote ? LATE_VOTE_GAS : undefined;
  return triedCall({ address, abi: tallyGovernorAbi, functionName, args, account, spareGas });
}
