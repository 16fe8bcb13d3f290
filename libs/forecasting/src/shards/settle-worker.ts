import { parentPort } from 'node:worker_threads';
import { settle, type ApartShards } from './settle.js';

// The entry of the thread of settle-thread.ts: minutes of sums, in which the worker must still answer the queue.

parentPort?.on('message', (apart: ApartShards) => {
  void settle(apart).then(
    (settled) => parentPort?.postMessage({ settled }),
    (error: unknown) =>
      parentPort?.postMessage({ failed: error instanceof Error ? error.message : String(error) }),
  );
});
