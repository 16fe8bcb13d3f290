import { createHash } from 'node:crypto';
import type { Deployment } from '@tallyhouse/chain';
import { toEventSelector } from 'viem';
import { RetryError, StopError } from '../indexer.errors.js';
import { deployedAt } from '../protocols/deployed-at.js';
import type { Protocol } from '../protocols/protocol.js';
import { refuseOtherChain } from '../reorg/reorg.js';
import type { ChainReader } from '../rpc/chain-reader.js';
import type { Checkpoint } from '../store/checkpoint.js';
import type { FactStore } from '../store/fact-store.js';
import { refuseMissingContracts, startBlock } from './contracts.js';

/** Names what is indexed: contracts and events. An index of something else cannot be continued. */
export function contractsDigest(deployment: Deployment, protocols: readonly Protocol[]): string {
  const lines = protocols.flatMap(({ contract, writers }) =>
    writers.map(
      ({ event, table }) =>
        `${deployedAt(deployment, contract).address.toLowerCase()} ${toEventSelector(event)} ${table.name}`,
    ),
  );
  return createHash('sha256').update(lines.sort().join('\n')).digest('hex');
}

/**
 * Continues the index that the database holds, or begins one.
 *
 * @throws StopError when chain, contracts and index do not belong together
 */
export async function openIndex(
  reader: ChainReader,
  store: FactStore,
  deployment: Deployment,
  protocols: readonly Protocol[],
): Promise<Checkpoint> {
  await refuseWrongChain(reader, deployment);
  const digest = contractsDigest(deployment, protocols);
  const checkpoint = await store.checkpoint();
  if (!checkpoint) {
    await refuseMissingContracts(reader, deployment, protocols);
    return begin(reader, store, await startBlock(reader, deployment, protocols), digest);
  }
  await store.lead();
  await refuseOtherChain(reader, checkpoint);
  if (checkpoint.contractsDigest !== digest)
    throw new StopError(
      'CONTRACTS_CHANGED',
      'the index holds other contracts or events than this program and its deployment file name',
      'set TALLYHOUSE_DEPLOYMENT to the file that was indexed, or run `tallyhouse reindex`',
    );
  return checkpoint;
}

async function begin(
  reader: ChainReader,
  store: FactStore,
  number: number,
  digest: string,
): Promise<Checkpoint> {
  const [genesis, block] = await Promise.all([reader.header(0), reader.header(number)]);
  if (!genesis || !block)
    throw new RetryError('CHAIN_BEHIND', `the chain has no block ${number} yet, where the deployment begins`);
  const checkpoint = { block, genesisHash: genesis.hash, contractsDigest: digest };
  await store.begin(checkpoint);
  return checkpoint;
}

async function refuseWrongChain(reader: ChainReader, deployment: Deployment): Promise<void> {
  const chainId = await reader.chainId();
  if (chainId !== deployment.chainId)
    throw new StopError(
      'WRONG_CHAIN',
      `RPC_URLS leads to chain ${chainId}, the deployment is on chain ${deployment.chainId}`,
      'set RPC_URLS or TALLYHOUSE_DEPLOYMENT so that both name one chain',
    );
}
