import { hypergeometricTail, logBinomial } from './binomial.js';

/** How often a topic was spoken of in one period, of how many texts. */
export interface TrendPeriod {
  readonly count: number;
  readonly total: number;
}

/** A stretch of periods in which a topic was spoken of more than before. */
export interface Burst {
  /** First and last period, both included. */
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly total: number;
  /** Share outside the burst. */
  readonly baseShare: number;
  /** What the texts of the burst cost less as a burst (Kleinberg's weight), in nats. */
  readonly weight: number;
  /** Probability of so many or more by chance, corrected for every stretch that could be reported. */
  readonly pValue: number;
}

export interface BurstOptions {
  /** How many times the base share a burst has, one automaton for each; 2 and 4 unless given. */
  readonly ratios?: readonly number[];
  /** Cost of entering a burst, times the logarithm of the number of periods; 1 unless given. */
  readonly gamma?: number;
}

const DEFAULT_RATIOS = [2, 4] as const;
const MAX_ROUNDS = 10;
/** Share of the time that a burst lasts at most: what is so for longer is a level, and change points tell of it. */
const MAX_LENGTH = 1 / 3;
const DEFAULT_GAMMA = 1;
/** Share of a burst at most, so that a frequent topic can burst too. */
const MAX_SHARE = 0.95;

/**
 * Bursts of one topic: the cheapest path through Kleinberg's (2002) automaton of two states over batches, base share and
 * a multiple of it, found by dynamic programming. The base share is that of the periods outside bursts,
 * found again until it stands still. The p-value is the exact binomial tail at the base share, times the number of
 * all stretches of periods that could be reported (Bonferroni).
 */
export function findBursts(periods: readonly TrendPeriod[], options: BurstOptions = {}): Burst[] {
  const { ratios = DEFAULT_RATIOS, gamma = DEFAULT_GAMMA } = options;
  return ratios
    .flatMap((ratio) => burstsAt(periods, ratio, gamma))
    .sort((a, b) => b.weight - a.weight)
    .reduce<Burst[]>(
      (kept, each) => (kept.some((other) => overlap(other, each)) ? kept : [...kept, each]),
      [],
    )
    .sort((a, b) => a.from - b.from);
}

const overlap = (a: Burst, b: Burst): boolean => a.from <= b.to && b.from <= a.to;

function burstsAt(periods: readonly TrendPeriod[], ratio: number, gamma: number): Burst[] {
  let bursting = new Uint8Array(periods.length);
  let share = shareOf(periods);
  for (let round = 0; round < MAX_ROUNDS && share > 0; round += 1) {
    const next = cheapestPath(periods, share, ratio, gamma);
    const outside = shareOf(periods.filter((_, index) => next[index] === 0));
    const still = next.every((state, index) => state === bursting[index]);
    bursting = next;
    if (still) break;
    share = outside > 0 ? outside : share / ratio;
  }
  const found = stretches(bursting)
    .map((stretch) => tightened(periods, stretch, share))
    .filter(([from, to]) => to - from + 1 <= MAX_LENGTH * periods.length);
  return found.map((stretch) => burstOf(periods, stretch, share, found));
}

function cheapestPath(
  periods: readonly TrendPeriod[],
  share: number,
  ratio: number,
  gamma: number,
): Uint8Array<ArrayBuffer> {
  const high = highShare(share, ratio);
  const entering = gamma * Math.log(periods.length + 1);
  const cameFrom = periods.map(() => [0, 0] as [number, number]);
  let costs: [number, number] = [0, entering];
  for (const [index, { count, total }] of periods.entries()) {
    const base = -logBinomial(count, total, share);
    const burst = -logBinomial(count, total, high);
    const toBase = costs[0] <= costs[1] ? 0 : 1;
    const toBurst = index === 0 ? 1 : costs[0] + entering < costs[1] ? 0 : 1;
    cameFrom[index] = [toBase, toBurst];
    const before = costs;
    costs = [before[toBase]! + base, before[toBurst]! + (toBurst === 0 ? entering : 0) + burst];
  }
  const states = new Uint8Array(periods.length);
  let state = costs[0] <= costs[1] ? 0 : 1;
  for (let index = periods.length - 1; index >= 0; index -= 1) {
    states[index] = state;
    state = cameFrom[index]![state]!;
  }
  return states;
}

function burstOf(
  periods: readonly TrendPeriod[],
  [from, to]: readonly [number, number],
  share: number,
  bursts: readonly (readonly [number, number])[],
): Burst {
  const inside = periods.slice(from, to + 1);
  const own = sumOf(inside);
  const others = bursts.filter(([start]) => start !== from);
  const compared = sumOf(periods.filter((_, at) => !others.some(([start, end]) => at >= start && at <= end)));
  const tail = hypergeometricTail(own.count, own.total, compared.count, compared.total);
  return {
    ...{ from, to, ...own },
    baseShare: share,
    weight: gain(inside, Math.min(MAX_SHARE, own.count / own.total), share).reduce(
      (sum, each) => sum + each,
      0,
    ),
    pValue: Math.min(1, tail * stretchesTried(periods.length)),
  };
}

function sumOf(periods: readonly TrendPeriod[]): TrendPeriod {
  return {
    count: periods.reduce((sum, { count }) => sum + count, 0),
    total: periods.reduce((sum, { total }) => sum + total, 0),
  };
}

/** Stretches of consecutive periods that are short enough to be reported. */
function stretchesTried(periods: number): number {
  const longest = Math.max(1, Math.floor(MAX_LENGTH * periods));
  return longest * periods - (longest * (longest - 1)) / 2;
}

/** How much better each period is told by one share than by another, in nats. */
function gain(periods: readonly TrendPeriod[], own: number, share: number): number[] {
  return periods.map(({ count, total }) => logBinomial(count, total, own) - logBinomial(count, total, share));
}

/**
 * The part of a stretch that speaks most for its own share against the base share (largest sum of a run), its own share
 * found again until it stands still: what is weakly raised around a burst is no part of it.
 */
function tightened(
  periods: readonly TrendPeriod[],
  [from, to]: readonly [number, number],
  share: number,
): [number, number] {
  let best: [number, number] = [from, to];
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const own = Math.min(MAX_SHARE, shareOf(periods.slice(best[0], best[1] + 1)));
    const next = largestRun(gain(periods.slice(from, to + 1), own, share));
    const moved: [number, number] = [from + next[0], from + next[1]];
    if (moved[0] === best[0] && moved[1] === best[1]) break;
    best = moved;
  }
  return best;
}

/** The run of values with the largest sum (Kadane); first and last index. */
function largestRun(values: readonly number[]): [number, number] {
  let best: [number, number] = [0, values.length - 1];
  let most = -Infinity;
  let start = 0;
  let sum = 0;
  for (const [index, value] of values.entries()) {
    if (sum <= 0) [start, sum] = [index, 0];
    sum += value;
    if (sum > most) [best, most] = [[start, index], sum];
  }
  return best;
}

function stretches(states: Uint8Array): [number, number][] {
  const found: [number, number][] = [];
  for (const [index, state] of states.entries()) {
    if (state === 0) continue;
    const last = found.at(-1);
    if (last && last[1] === index - 1) last[1] = index;
    else found.push([index, index]);
  }
  return found;
}

function highShare(share: number, ratio: number): number {
  return Math.min(MAX_SHARE, Math.max(share * ratio, share + 1e-9));
}

function shareOf(periods: readonly TrendPeriod[]): number {
  const total = periods.reduce((sum, period) => sum + period.total, 0);
  return total === 0 ? 0 : periods.reduce((sum, period) => sum + period.count, 0) / total;
}
