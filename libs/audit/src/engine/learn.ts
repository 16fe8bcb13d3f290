import type { Dwell, Learned } from './learned.js';
import type { MemoryHistories } from './memory-histories.js';
import { movesOf, staysOf } from './moves.js';
import type { Reference } from './reference.js';
import { isLot } from './subjects.js';
import { HOUR_MS } from './words.js';

/** Keys seen less often than this are left out: nothing could be said by them. */
const LEAST_STAYS = 10;
const LEAST_TRANSITIONS = 50;
/** Of the stays of a key the last so many are kept: the median of more moves no threshold. */
const MOST_STAYS = 20_000;
/** Makes a median absolute deviation a standard deviation, for a normal distribution. */
const NORMAL_MAD = 1.4826;

export interface Lesson {
  readonly histories: MemoryHistories;
  readonly reference: Reference;
  /** Whether single-item rules found fault with an item. */
  readonly isFlagged: (uri: string) => boolean;
  readonly events: number;
  /** Unix milliseconds of the last event. */
  readonly until: number;
}

/** Learns from a history what is usual. Medians and counts: single faults in the history do not move them. */
export function learn({ histories, reference, isFlagged, events, until }: Lesson): Learned {
  const transitions = new Map<string, Map<string, number>>();
  const counted = new Set<string>();
  const stays = new Map<string, number[]>();
  let packed = 0;
  let flagged = 0;
  for (const [uri, mentions] of histories.entries()) {
    if (isLot(uri)) continue;
    for (const { before, after, from, to } of movesOf(uri, mentions, reference)) {
      // What goes together counts once: ten cases of one pallet are one experience, not ten.
      const together = `${before.id} ${after.id}`;
      if (counted.has(together)) continue;
      counted.add(together);
      const row = transitions.get(from) ?? new Map<string, number>();
      transitions.set(from, row);
      row.set(to, (row.get(to) ?? 0) + 1);
    }
    for (const { key, first, last } of staysOf(uri, mentions, reference)) {
      const list = stays.get(key) ?? [];
      stays.set(key, list);
      if (list.length < MOST_STAYS) list.push(Math.log(Math.max(last.time - first.time, 60_000) / HOUR_MS));
    }
    if (!mentions.some(({ role }) => role === 'CHILD')) continue;
    packed += 1;
    if (isFlagged(uri)) flagged += 1;
  }
  return {
    events,
    until: new Date(until).toISOString(),
    transitions: Object.fromEntries(
      [...transitions]
        .filter(([, row]) => sum(row.values()) >= LEAST_TRANSITIONS)
        .map(([from, row]) => [from, Object.fromEntries(row)]),
    ),
    dwell: Object.fromEntries(
      [...stays].filter(([, list]) => list.length >= LEAST_STAYS).map(([key, list]) => [key, dwellOf(list)]),
    ),
    flaggedShare: packed === 0 ? 0 : rounded(flagged / packed),
  };
}

function dwellOf(logHours: number[]): Dwell {
  const middle = median(logHours);
  const spread = NORMAL_MAD * median(logHours.map((value) => Math.abs(value - middle)));
  return { count: logHours.length, median: rounded(middle), spread: rounded(spread) };
}

function median(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

/** Six decimals are more than any threshold shows. */
function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
