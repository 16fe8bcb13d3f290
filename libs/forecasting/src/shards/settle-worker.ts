import { parentPort, workerData } from 'node:worker_threads';
import type { Reconciliation } from '../contract/forecaster.js';
import { Settling, type ApartShard, type SettleRequest, type ShardPart } from './settle.js';

// The entry of the thread of settle-thread.ts: minutes of sums, in which the worker must still answer the queue.

/** What the thread is told: a shard that it asked for, or one that it is to settle. */
export type Told =
  | { readonly read: Partial<ApartShard> }
  | { readonly settle: { readonly place: number; readonly forecasts: Uint8Array } };

/** What it says: which shard it wants to read, that all is prepared, or a shard as it is to be stored. */
export type Said =
  | { readonly wants: { readonly place: number; readonly parts: readonly ShardPart[] } }
  | { readonly prepared: Reconciliation | null }
  | { readonly shard: Uint8Array }
  | { readonly failed: string };

const say = (said: Said, moved: ArrayBuffer[] = []): void => parentPort?.postMessage(said, moved);

let handOver: (shard: Partial<ApartShard>) => void = () => undefined;

const settling = new Settling(workerData as SettleRequest, (place, parts) => {
  const shard = new Promise<Partial<ApartShard>>((resolve) => (handOver = resolve));
  say({ wants: { place, parts } });
  return shard as Promise<ApartShard>;
});

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** A shard as it is to be stored; what fails is told too. */
function settle({ place, forecasts }: { readonly place: number; readonly forecasts: Uint8Array }): void {
  try {
    const shard = settling.shard(place, forecasts);
    say({ shard }, [shard.buffer as ArrayBuffer]);
  } catch (error) {
    say({ failed: reasonOf(error) });
  }
}

parentPort?.on('message', (told: Told) => ('read' in told ? handOver(told.read) : settle(told.settle)));

settling.prepare().then(
  (prepared) => say({ prepared: prepared ?? null }),
  (error: unknown) => say({ failed: reasonOf(error) }),
);
