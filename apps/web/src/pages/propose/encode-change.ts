import { modelRegistryAbi } from '@tallyhouse/chain/generated/model-registry.js';
import { tallyGovernorAbi } from '@tallyhouse/chain/generated/tally-governor.js';
import { timelockControllerAbi } from '@tallyhouse/chain/generated/timelock-controller.js';
import { createPublicClient, encodeFunctionData, http } from 'viem';
import type { Abi } from 'viem';
import type { Network } from '../../network/network-file.js';
import type { CallBytes } from '../../network/read-calls.js';
import type { Change } from './draft.js';
import type { Parameter } from './parameters.js';

const ABIS = {
  TallyGovernor: tallyGovernorAbi as unknown as Abi,
  TimelockController: timelockControllerAbi as unknown as Abi,
};

/**
 * The one call that a change is. The governor takes no proposal without a call, so a text that changes nothing sends
 * the timelock an empty one, which it takes and ignores.
 */
export function callOf(change: Change, contracts: Network['contracts']): CallBytes {
  if (change.kind === 'text') return { target: contracts.TimelockController, value: '0', calldata: '0x' };
  if (change.kind === 'parameter') {
    const { contract, sets } = change.parameter;
    const calldata = encodeFunctionData({ abi: ABIS[contract], functionName: sets, args: [change.value] });
    return { target: contracts[contract], value: '0', calldata };
  }
  const calldata = encodeFunctionData({
    abi: modelRegistryAbi,
    functionName: 'activate',
    args: [change.version.id],
  });
  return { target: contracts.ModelRegistry, value: '0', calldata };
}

/** What a parameter is today, by the chain, in the unit of the contract. */
export async function currentValue(parameter: Parameter, network: Network): Promise<bigint> {
  const client = createPublicClient({ transport: http(network.rpcUrl) });
  const { contract, reads } = parameter;
  const address = network.contracts[contract];
  const value = await client.readContract({ address, abi: ABIS[contract], functionName: reads });
  return BigInt(value as bigint | number);
}
