import { RetryError, StopError } from '../indexer.errors.js';
import type { ChainReader } from '../rpc/chain-reader.js';
import type { BlockHeader } from '../rpc/raw-block.js';
import { FINALITY_WINDOW, type Checkpoint } from '../store/checkpoint.js';
import type { FactStore } from '../store/fact-store.js';
import { commonAncestor } from './common-ancestor.js';

/** Chain ids of development nodes (anvil, Hardhat; Ganache), which are restarted from older states at will. */
const LOCAL_CHAINS: readonly number[] = [31_337, 1_337];

/** What a roll-back needs to know of the index. */
export interface ReorgContext {
  readonly reader: ChainReader;
  readonly store: FactStore;
  readonly chainId: number;
  /** The block before the first contract. */
  readonly startBlock: number;
}

/**
 * Rolls the index back to the last block that is still part of the chain.
 *
 * @returns that block, the new checkpoint
 * @throws StopError when the chain is another one, or more is gone than the finality window of a public chain
 */
export async function rollBack(context: ReorgContext, checkpoint: Checkpoint): Promise<BlockHeader> {
  const { reader, store, chainId, startBlock } = context;
  await refuseOtherChain(reader, checkpoint);
  const start = await reader.header(startBlock);
  if (!start) throw new RetryError('CHAIN_BEHIND', `the chain has no block ${startBlock} yet`);
  const ancestor = await commonAncestor(reader, store, start);
  const depth = checkpoint.block.number - ancestor.number;
  if (depth > FINALITY_WINDOW && !LOCAL_CHAINS.includes(chainId))
    throw new StopError(
      'REORG_TOO_DEEP',
      `${depth} blocks below ${checkpoint.block.number} are no longer part of chain ${chainId}`,
      'see that RPC_URLS leads to the right chain; if it does, run `tallyhouse reindex`',
    );
  await store.rollBack(checkpoint.block, ancestor, (await reader.latest()).number);
  return ancestor;
}

/** @throws StopError when block 0 is not the one that the index began with */
export async function refuseOtherChain(reader: ChainReader, { genesisHash }: Checkpoint): Promise<void> {
  const genesis = await reader.header(0);
  if (genesis && genesis.hash !== genesisHash)
    throw new StopError(
      'CHAIN_REPLACED',
      `the chain begins with block ${genesis.hash}, the index is of a chain that begins with ${genesisHash}`,
      'point RPC_URLS to the chain that was indexed, or run `tallyhouse reindex` to begin anew with this one',
    );
}

/**
 * Judges a chain whose head is below the checkpoint.
 *
 * @returns whether blocks are gone, as on a development node restarted from an older state
 * @throws RetryError when a public chain's node is merely behind
 */
export async function headIsBehind(
  { store, chainId }: Pick<ReorgContext, 'store' | 'chainId'>,
  head: BlockHeader,
): Promise<boolean> {
  if (LOCAL_CHAINS.includes(chainId)) return true;
  const known = await store.knownBlock(head.number);
  if (known && known.hash !== head.hash) return true;
  throw new RetryError('CHAIN_BEHIND', `the node is at block ${head.number}, below what is indexed`);
}
