import type { Deployment } from '@tallyhouse/chain';
import { RetryError, StopError } from '../indexer.errors.js';
import { deployedAt, type Contract } from '../protocols/deployed-at.js';
import type { Protocol } from '../protocols/protocol.js';
import { isLocalChain } from '../reorg/local-chains.js';
import type { ChainReader } from '../rpc/chain-reader.js';

/** A block below every contract, by what the deployment file says alone. */
export function lowestBlock(deployment: Deployment): number {
  const blocks = Object.values(deployment.contracts).map(({ block }) => block ?? deployment.startBlock);
  return Math.max(0, Math.min(deployment.startBlock, ...blocks) - 1);
}

/**
 * The block before the first contract: nothing that is indexed can be older. A contract whose block the deployment does
 * not name is looked for by halving, which takes a node that keeps old states.
 */
export async function startBlock(
  reader: ChainReader,
  deployment: Deployment,
  protocols: readonly Protocol[],
): Promise<number> {
  const blocks: number[] = [];
  for (const contract of new Set(protocols.map((protocol) => protocol.contract))) {
    const { address, block } = deployedAt(deployment, contract);
    blocks.push(block ?? (await firstBlockWith(reader, address, deployment.startBlock)));
  }
  return Math.max(0, Math.min(...blocks) - 1);
}

async function firstBlockWith(
  reader: ChainReader,
  address: Contract['address'],
  from: number,
): Promise<number> {
  let [low, high] = [from, (await reader.latest()).number];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((await codeAt(reader, address, middle)) === '0x') low = middle + 1;
    else high = middle;
  }
  return low;
}

async function codeAt(reader: ChainReader, address: Contract['address'], number: number): Promise<string> {
  try {
    return await reader.code(address, number);
  } catch (cause) {
    if (!(cause instanceof RetryError) || !/state|prun|archive|missing trie/i.test(cause.message))
      throw cause;
    throw new StopError(
      'START_BLOCK_UNKNOWN',
      `no endpoint keeps the state of block ${number}, so the first block of ${address} cannot be found`,
      'write "block" beside its address in the deployment file',
      { cause },
    );
  }
}

/**
 * A development chain that was set up anew has nothing where the contracts were. Said before anything is taken back:
 * an empty index would look like one of a chain on which nothing happened.
 *
 * @throws StopError on a development chain; RetryError on a public one, whose node may be behind
 */
export async function refuseMissingContracts(
  reader: ChainReader,
  deployment: Deployment,
  protocols: readonly Protocol[],
): Promise<void> {
  for (const contract of new Set(protocols.map((protocol) => protocol.contract))) {
    const { address } = deployedAt(deployment, contract);
    if ((await reader.code(address)) !== '0x') continue;
    const problem = `chain ${deployment.chainId} has no contract at ${address}, where the deployment file names ${contract}`;
    if (!isLocalChain(deployment.chainId)) throw new RetryError('CHAIN_BEHIND', problem);
    throw new StopError(
      'CONTRACTS_MISSING',
      `${problem}: the development chain was reset, or it is another one`,
      'start it with its old state, or deploy again and run `tallyhouse reindex` (a local world: `tallyhouse up --fresh`)',
    );
  }
}
