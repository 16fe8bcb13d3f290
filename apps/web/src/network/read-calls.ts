import { modelRegistryAbi } from '@tallyhouse/chain/generated/model-registry.js';
import { partnerRegistryAbi } from '@tallyhouse/chain/generated/partner-registry.js';
import { tallyGovernorAbi } from '@tallyhouse/chain/generated/tally-governor.js';
import { tallyTokenAbi } from '@tallyhouse/chain/generated/tally-token.js';
import { timelockControllerAbi } from '@tallyhouse/chain/generated/timelock-controller.js';
import { decodeFunctionData, encodeFunctionData } from 'viem';
import type { Abi, AbiFunction } from 'viem';
import type { Network } from './network-file.js';
import type { Hex } from './types.js';

/** What execution would send, as bytes. */
export interface CallBytes {
  target: Hex;
  /** Wei. */
  value: string;
  calldata: Hex;
}

/** A call in words; what cannot be read of it stays null, and the bytes are shown instead. */
export interface ReadCall extends CallBytes {
  /** Name of our contract at the target, null when the target is none of ours. */
  contract: string | null;
  /** The function with its argument types, null when the call data are none of that contract's. */
  signature: string | null;
  arguments: { name: string; type: string; value: string }[];
}

const ABIS: Partial<Record<keyof Network['contracts'], Abi>> = {
  TallyGovernor: tallyGovernorAbi as unknown as Abi,
  TimelockController: timelockControllerAbi as unknown as Abi,
  ModelRegistry: modelRegistryAbi as unknown as Abi,
  PartnerRegistry: partnerRegistryAbi as unknown as Abi,
  TallyToken: tallyTokenAbi as unknown as Abi,
};

/** Reads calls by the interfaces of the contracts that the network file names, and by nothing that the call says itself. */
export function readCalls(calls: readonly CallBytes[], contracts: Network['contracts']): ReadCall[] {
  const names = new Map(Object.entries(contracts).map(([name, address]) => [address.toLowerCase(), name]));
  return calls.map((call) => {
    const contract = names.get(call.target.toLowerCase()) ?? null;
    const abi = contract === null ? undefined : ABIS[contract as keyof Network['contracts']];
    return { ...call, contract, ...(abi ? decoded(abi, call.calldata) : unread()) };
  });
}

type Reading = Pick<ReadCall, 'signature' | 'arguments'>;

function unread(): Reading {
  return { signature: null, arguments: [] };
}

/** Bytes that would not come out again from what was read hold more than the reading says; they stay unread. */
function decoded(abi: Abi, calldata: Hex): Reading {
  try {
    const { functionName, args = [] } = decodeFunctionData({ abi, data: calldata });
    if (encodeFunctionData({ abi, functionName, args }) !== calldata.toLowerCase()) return unread();
    const item = abi.find(
      (one): one is AbiFunction =>
        one.type === 'function' && one.name === functionName && one.inputs.length === args.length,
    );
    if (!item) return unread();
    return {
      signature: `${functionName}(${item.inputs.map(({ type }) => type).join(', ')})`,
      arguments: item.inputs.map(({ name = '', type }, index) => ({ name, type, value: words(args[index]) })),
    };
  } catch {
    return unread();
  }
}

function words(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(words).join(', ')}]`;
  if (typeof value === 'object' && value !== null)
    return `{${Object.entries(value)
      .map(([key, inner]) => `${key}: ${words(inner)}`)
      .join(', ')}}`;
  return String(value);
}
