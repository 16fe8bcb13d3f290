import { tallyGovernorAbi } from '@tallyhouse/chain/generated/tally-governor.js';
import { getPublicClient, waitForTransactionReceipt, writeContract } from 'wagmi/actions';
import type { Hex } from './types.js';
import type { Receipt } from './wallet-state.js';
import { running } from './wallet-engine.js';

const RECEIPT_TIMEOUT_MS = 120_000;

export type GovernorStep =
  | { name: 'castVoteWithReason' | 'castOverrideVote'; args: readonly [bigint, number, string] }
  | { name: 'propose'; args: readonly [readonly Hex[], readonly bigint[], readonly Hex[], string] }
  | { name: 'queue' | 'execute'; args: readonly [readonly Hex[], readonly bigint[], readonly Hex[], Hex] };

/**
 * Tries the call on the chain first, so that a refusal is worded by the contract before the wallet opens. Gives what
 * the contract would return beside the receipt.
 */
export async function onGovernor<S extends GovernorStep>(
  account: Hex,
  name: S['name'],
  args: S['args'],
): Promise<Receipt & { answer: unknown }> {
  const { config, network } = running();
  const call = {
    address: network.contracts.TallyGovernor,
    abi: tallyGovernorAbi,
    functionName: name,
    args,
    account,
  } as Parameters<typeof writeContract>[1];
  const client = getPublicClient(config, { chainId: network.chainId });
  const tried = await client?.simulateContract(call as Parameters<typeof client.simulateContract>[0]);
  const receipt = await settled(await writeContract(config, { ...call, chainId: network.chainId }));
  return { ...receipt, answer: tried?.result };
}

/** Waits for a sent transaction. Throws when the contract refused it in its block. */
export async function settled(hash: Hex): Promise<Receipt> {
  const { config } = running();
  const receipt = await waitForTransactionReceipt(config, { hash, timeout: RECEIPT_TIMEOUT_MS });
  if (receipt.status !== 'success')
    throw new Error('The transaction was included but the contract refused it.');
  return { hash, blockNumber: receipt.blockNumber };
}
