import { parentPort, workerData } from 'node:worker_threads';
import { Settling, type ApartShard, type SettledShards, type SettleRequest } from './settle.js';

// The entry of the thread of settle-thread.ts: minutes of sums, in which the worker must still answer the queue.

/** A shard, or null after the last one. */
export type Handed = ApartShard | null;

/** What is said back once all shards were handed over. */
export type Answer = { readonly settled: SettledShards } | { readonly failed: string };

const settling = new Settling(workerData as SettleRequest);

async function answerTo(handed: Handed): Promise<void> {
  try {
    if (handed) return settling.add(handed);
    const settled = await settling.settle();
    const moved = settled.shards.map(({ buffer }) => buffer as ArrayBuffer);
    parentPort?.postMessage({ settled } satisfies Answer, moved);
  } catch (error) {
    const failed = error instanceof Error ? error.message : String(error);
    parentPort?.postMessage({ failed } satisfies Answer);
  }
}

parentPort?.on('message', (handed: Handed) => void answerTo(handed));
