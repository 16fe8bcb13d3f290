import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { threadEntry } from '@tallyhouse/compute';
import { ForecastingError } from '../forecasting.errors.js';
import type { ApartShards, SettledShards } from './settle.js';

const { url, execArgv } = threadEntry(import.meta.url, 'settle-worker');

type Answer = { readonly settled: SettledShards } | { readonly failed: string };

/**
 * {@link settle} in a thread of its own.
 *
 * @throws {ForecastingError} THREAD_FAILED with the reason
 */
export async function settleInThread(apart: ApartShards): Promise<SettledShards> {
  const worker = new Worker(url, { execArgv });
  try {
    worker.postMessage(apart);
    const [answer] = (await once(worker, 'message')) as [Answer];
    if ('settled' in answer) return answer.settled;
    throw new ForecastingError('THREAD_FAILED', `sums and parts were not brought together: ${answer.failed}`);
  } finally {
    await worker.terminate();
  }
}
