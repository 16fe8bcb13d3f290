import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '@tallyhouse/compute';
import { KINDS, type Failure, type Kind, type Target } from './requests.js';

/** Latencies of one kind of request; milliseconds from the moment at which it was due. */
export interface KindFigures {
  readonly count: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  readonly failures: Readonly<Record<string, number>>;
}

interface Tally {
  readonly latencies: number[];
  readonly failures: Record<string, number>;
}

/**
 * Sends requests at moments that were fixed beforehand, exponentially apart, whether those before were answered or not;
 * a request that could only be sent late counts from when it was due.
 *
 * @param isOver asked before each request
 */
export async function openLoop(
  target: Target,
  { perSecond, random, isOver }: { perSecond: number; random: Random; isOver: () => boolean },
): Promise<{ kinds: Record<string, KindFigures>; sent: number; seconds: number; mostUnderWay: number }> {
  const tallies = new Map<string, Tally>();
  const underWay = new Set<Promise<void>>();
  const start = performance.now();
  let [due, sent, mostUnderWay] = [start, 0, 0];
  while (!isOver()) {
    due += (-Math.log(1 - random.uniform()) * 1_000) / perSecond;
    const wait = due - performance.now();
    if (wait > 1) await sleep(wait);
    const kind = drawn(random);
    const request = timed(kind, target, random.fork(sent++), due, tallies).finally(() =>
      underWay.delete(request),
    );
    underWay.add(request);
    mostUnderWay = Math.max(mostUnderWay, underWay.size);
  }
  const seconds = (performance.now() - start) / 1_000;
  await Promise.all(underWay);
  const figures = [...tallies]
    .sort(([one], [other]) => one.localeCompare(other))
    .map(([name, tally]) => [name, figuresOf(tally)] as const);
  return { kinds: Object.fromEntries(figures), sent, seconds: Math.round(seconds), mostUnderWay };
}

async function timed(
  kind: Kind,
  target: Target,
  random: Random,
  due: number,
  tallies: Map<string, Tally>,
): Promise<void> {
  const failure: Failure = await kind
    .send(target, random)
    .catch((error: unknown) => String(error).slice(0, 80));
  const tally = tallies.get(kind.name) ?? { latencies: [], failures: {} };
  tallies.set(kind.name, tally);
  tally.latencies.push(performance.now() - due);
  if (failure !== undefined) tally.failures[failure] = (tally.failures[failure] ?? 0) + 1;
}

function drawn(random: Random): Kind {
  let left = random.below(KINDS.reduce((sum, { share }) => sum + share, 0));
  return KINDS.find(({ share }) => (left -= share) < 0)!;
}

function figuresOf({ latencies, failures }: Tally): KindFigures {
  const sorted = latencies.sort((one, other) => one - other);
  const at = (share: number): number =>
    Math.round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0);
  return { count: sorted.length, p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99), maxMs: at(1), failures };
}
