import type { ChainReader } from '../rpc/chain-reader.js';
import type { BlockHeader } from '../rpc/raw-block.js';
import type { FactStore } from '../store/fact-store.js';

/**
 * Finds the highest block that both the index and the chain hold. Blocks of one chain agree up to some height and
 * differ above it, so the known heights are searched by halving.
 *
 * @param start the block before the first contract, the answer when nothing above it is shared
 */
export async function commonAncestor(
  reader: Pick<ChainReader, 'header'>,
  store: Pick<FactStore, 'knownBlocks' | 'knownBlock'>,
  start: BlockHeader,
): Promise<BlockHeader> {
  const numbers = (await store.knownBlocks()).filter((number) => number > start.number);
  let ancestor = start;
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const number = numbers[middle] ?? 0;
    const [known, header] = await Promise.all([store.knownBlock(number), reader.header(number)]);
    if (header && known?.hash === header.hash) {
      ancestor = header;
      low = middle + 1;
    } else high = middle;
  }
  return ancestor;
}
