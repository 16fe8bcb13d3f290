import type { Stack } from '../../../apps/cli/src/up/stack.js';

/** One call of the local chain's own methods. */
export async function rpc(stack: Stack, method: string, params: readonly unknown[] = []): Promise<unknown> {
  const response = await fetch(stack.rpcUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
  });
  const { result, error } = (await response.json()) as { result?: unknown; error?: { message: string } };
  if (error) throw new Error(`${method}: ${error.message}`);
  return result;
}

/** Lets chain time pass and mines a block in which it has. */
export async function passSeconds(stack: Stack, seconds: number): Promise<void> {
  await rpc(stack, 'evm_increaseTime', [seconds]);
  await rpc(stack, 'evm_mine');
}

/** Moves the chain's clock to a moment, Unix seconds, and mines a block at it. */
export async function moveTo(stack: Stack, timestampS: number): Promise<void> {
  await rpc(stack, 'evm_setNextBlockTimestamp', [timestampS]);
  await rpc(stack, 'evm_mine');
}
