import { tallyGovernorAbi } from '@tallyhouse/chain/generated/tally-governor.js';
import { triedCall } from './tried-call.js';
import type { Hex } from './types.js';
import type { Receipt } from './wallet-state.js';
import { running } from './wallet-engine.js';

export type GovernorStep =
  | { name: 'castVoteWithReason' | 'castOverrideVote'; args: readonly [bigint, number, string] }
  | { name: 'propose'; args: readonly [readonly Hex[], readonly bigint[], readonly Hex[], string] }
  | { name: 'queue' | 'execute'; args: readonly [readonly Hex[], readonly bigint[], readonly Hex[], Hex] };

/** A call of the governor, as `triedCall` makes it. */
export function onGovernor<S extends GovernorStep>(
  account: Hex,
  functionName: S['name'],
  args: S['args'],
): Promise<Receipt & { answer: unknown }> {
  const address = running().network.contracts.TallyGovernor;
  return triedCall({ address, abi: tallyGovernorAbi, functionName, args, account });
}
