import { RetryError, StopError } from '../indexer.errors.js';
import type { ChainReader } from '../rpc/chain-reader.js';
import type { BlockHeader } from '../rpc/raw-block.js';
import type { Checkpoint, FinalBlock } from '../store/checkpoint.js';
import type { FactStore } from '../store/fact-store.js';
import { commonAncestor } from './common-ancestor.js';
import { isLocalChain } from './local-chains.js';

/** What a roll-back needs to know of the index. */
export interface ReorgContext {
  readonly reader: ChainReader;
  readonly store: FactStore;
  readonly chainId: number;
  /** The block before the first contract. */
  readonly startBlock: number;
  /** @throws StopError when the chain has not the contracts that are indexed */
  readonly refuseMissingContracts: () => Promise<void>;
}

/**
 * Rolls the index back to the last block that is still part of the chain, however deep that is, as long as no final
 * block is gone. A development chain has none: it may be restarted from any older state.
 *
 * @param final the highest block that was seen to be final
 * @returns the last common block, the new checkpoint
 * @throws StopError when the chain is another one, was set up anew without the contracts, or took back a final block
 */
export async function rollBack(
  context: ReorgContext,
  checkpoint: Checkpoint,
  final: FinalBlock | undefined = checkpoint.final,
): Promise<BlockHeader> {
  const { reader, store, chainId, startBlock } = context;
  await refuseOtherChain(reader, checkpoint);
  if (!isLocalChain(chainId)) await refuseLostFinality(reader, chainId, final);
  const start = await reader.header(startBlock);
  if (!start) throw new RetryError('CHAIN_BEHIND', `the chain has no block ${startBlock} yet`);
  const ancestor = await commonAncestor(reader, store, start);
  // As long as a block above the contracts is shared they are there; in the midst of a reorganisation a node may deny it.
  if (ancestor.number === start.number) await context.refuseMissingContracts();
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

/** Blocks that were indexed may be gone in any number; one that was final may not. */
async function refuseLostFinality(
  reader: ChainReader,
  chainId: number,
  final: FinalBlock | undefined,
): Promise<void> {
  if (!final) return;
  const now = await reader.header(final.number);
  if (!now)
    throw new RetryError('CHAIN_BEHIND', `the node does not have block ${final.number}, which is final`);
  if (now.hash === final.hash) return;
  throw new StopError(
    'REORG_TOO_DEEP',
    `block ${final.number} of chain ${chainId} was final as ${final.hash} and is now ${now.hash}`,
    'see that RPC_URLS leads to the right chain and FINALITY is not too shallow for it; then run `tallyhouse reindex`',
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
  if (isLocalChain(chainId)) return true;
  const known = await store.knownBlock(head.number);
  if (known && known.hash !== head.hash) return true;
  throw new RetryError('CHAIN_BEHIND', `the node is at block ${head.number}, below what is indexed`);
}
