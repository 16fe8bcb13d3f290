import { makePublicClient } from '@tallyhouse/chain';
import type { Stack } from '../../../apps/cli/src/up/stack.js';
import { rpc } from './chain-time.js';

/**
 * Replaces the blocks from `blockNumber` to the head by others without their transactions. A block that is mined between the look at
 * the head and the reorganisation would leave the first of them as it was: then it is done again.
 */
export async function reorgFrom(stack: Stack, blockNumber: number): Promise<void> {
  const client = makePublicClient(stack.rpcUrl);
  const hash = async (): Promise<string> =>
    (await client.getBlock({ blockNumber: BigInt(blockNumber) })).hash;
  const before = await hash();
  do {
    const head = Number(await client.getBlockNumber({ cacheTime: 0 }));
    await rpc(stack, 'anvil_reorg', [head - blockNumber + 1, []]);
  } while ((await hash()) === before);
}
