import { tallyGovernorAbi } from '@tallyhouse/chain/generated/tally-governor.js';
import { getBlock, readContract } from 'wagmi/actions';
import { keccak256, toBytes } from 'viem';
import { onGovernor } from './governor-call.js';
import type { CallBytes } from './read-calls.js';
import type { Hex } from './types.js';
import type { Receipt } from './wallet-state.js';
import { running } from './wallet-engine.js';

/** What the governor asks of a proposer, and what the account has; in the token's smallest unit. */
export interface ProposingPower {
  threshold: bigint;
  /** As of the second before the newest block: what was delegated in that very block does not count yet. */
  votes: bigint;
}

export async function proposingPower(account: Hex): Promise<ProposingPower> {
  const { config, network } = running();
  const governor = { address: network.contracts.TallyGovernor, abi: tallyGovernorAbi } as const;
  const { timestamp } = await getBlock(config);
  const [threshold, votes] = await Promise.all([
    readContract(config, { ...governor, functionName: 'proposalThreshold' }),
    readContract(config, { ...governor, functionName: 'getVotes', args: [account, timestamp - 1n] }),
  ]);
  return { threshold, votes };
}

/** Submits a proposal. Throws, before the wallet opens, what the governor would refuse it for. */
export async function propose(
  account: Hex,
  calls: readonly CallBytes[],
  description: string,
): Promise<Receipt & { proposalId: string }> {
  const { config, network } = running();
  const targets = calls.map((call) => call.target);
  const values = calls.map((call) => BigInt(call.value));
  const calldatas = calls.map((call) => call.calldata);
  const governor = { address: network.contracts.TallyGovernor, abi: tallyGovernorAbi } as const;
  const descriptionHash = keccak256(toBytes(description));
  const args = [targets, values, calldatas, descriptionHash] as const;
  const id = await readContract(config, { ...governor, functionName: 'hashProposal', args });
  const snapshot = await readContract(config, { ...governor, functionName: 'proposalSnapshot', args: [id] });
  if (snapshot !== 0n) throw new Error('ProposedBefore');
  const receipt = await onGovernor(account, 'propose', [targets, values, calldatas, description]);
  return { ...receipt, proposalId: id.toString() };
}
