import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { threadEntry } from '@tallyhouse/compute';
import type { Outlook } from './lane-outlook.js';
import type { OutlookTask } from './outlook-worker.js';

const { url, execArgv } = threadEntry(import.meta.url, 'outlook-worker');

/**
 * The outlook, made in a thread of its own; null where too few deliveries are known.
 *
 * @throws what stopped the thread
 */
export async function outlookInThread(task: OutlookTask): Promise<Outlook | null> {
  const worker = new Worker(url, { execArgv });
  try {
    worker.postMessage(task);
    const [outlook] = (await once(worker, 'message')) as [Outlook | null];
    return outlook;
  } finally {
    await worker.terminate();
  }
}
