import type { Abi } from 'viem';
import { getPublicClient, waitForTransactionReceipt, writeContract } from 'wagmi/actions';
import type { Hex } from './types.js';
import type { Receipt } from './wallet-state.js';
import { running } from './wallet-engine.js';

const RECEIPT_TIMEOUT_MS = 120_000;

/** A call whose arguments its caller has typed. */
export interface ContractCall {
  address: Hex;
  abi: Abi;
  functionName: string;
  args: readonly unknown[];
  account: Hex;
  /** Gas beyond what is estimated now, for what the call may find at its turn; the wallet estimates alone unless given. */
  spareGas?: bigint;
}

/**
 * Tries the call on the chain first, so that a refusal is worded by the contract before the wallet opens. Gives what
 * the contract would return beside the receipt.
 */
export async function triedCall({ spareGas, ...call }: ContractCall): Promise<Receipt & { answer: unknown }> {
  const { config, network } = running();
  const client = getPublicClient(config, { chainId: network.chainId });
  const tried = await client?.simulateContract(call);
  const estimate = spareGas === undefined ? undefined : await client?.estimateContractGas(call);
  const gas = estimate === undefined ? undefined : estimate + (spareGas ?? 0n);
  const receipt = await settled(await writeContract(config, { ...call, gas, chainId: network.chainId }));
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
