import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { threadEntry } from '@tallyhouse/compute';
import { ForecastingError } from '../forecasting.errors.js';
import type { ApartShard, SettledShards, SettleRequest } from './settle.js';
import type { Answer } from './settle-worker.js';

const { url, execArgv } = threadEntry(import.meta.url, 'settle-worker');

/**
 * The shards of a run settled in a thread of its own, which takes them over one at a time: memory for all of them is needed there alone.
 *
 * @param shards in their order; their bytes are gone for the caller
 * @throws {ForecastingError} THREAD_FAILED with the reason
 */
export async function settleInThread(
  request: SettleRequest,
  shards: AsyncIterable<ApartShard>,
): Promise<SettledShards> {
  const worker = new Worker(url, { execArgv, workerData: request });
  try {
    const answered = once(worker, 'message') as Promise<[Answer]>;
    // Whoever hands over is told of what failed by the answer, below.
    answered.catch(() => undefined);
    for await (const shard of shards) worker.postMessage(shard, movable(shard));
    worker.postMessage(null);
    const [answer] = await answered;
    if ('settled' in answer) return answer.settled;
    throw new ForecastingError('THREAD_FAILED', `sums and parts were not brought together: ${answer.failed}`);
  } finally {
    await worker.terminate();
  }
}

/** Bytes that have memory of their own are handed over; those that share it with others are copied. */
const movable = ({ history, reduced, forecasts }: ApartShard): ArrayBuffer[] =>
  [history, reduced, forecasts].flatMap((bytes) =>
    bytes && bytes.byteLength === bytes.buffer.byteLength ? [bytes.buffer as ArrayBuffer] : [],
  );
