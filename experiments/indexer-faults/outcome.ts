/** How often something was done to the indexer, how often its rows were compared with a clean run's, and differed. */
export interface Outcome {
  readonly fault: string;
  readonly count: number;
  readonly comparisons: number;
  readonly unequal: number;
  readonly [detail: string]: unknown;
}

export function outcome(
  fault: string,
  count: number,
  comparisons: number,
  unequal: number,
  details: object = {},
): Outcome {
  return { fault, count, comparisons, unequal, ...details };
}

/** Of a list of times the median, the 95th percentile and the longest, whole milliseconds. */
export function spread(values: readonly number[]): { medianMs: number; p95Ms: number; longestMs: number } {
  const sorted = [...values].sort((left, right) => left - right);
  const at = (share: number): number =>
    Math.round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN);
  return { medianMs: at(0.5), p95Ms: at(0.95), longestMs: at(1) };
}

/** One outcome of what was done in two portions: numbers are added up, lists joined. */
export function together(earlier: Outcome | undefined, later: Outcome): Outcome {
  return earlier ? (sum(earlier, later) as Outcome) : later;
}

function sum(left: unknown, right: unknown): unknown {
  if (typeof left === 'number' && typeof right === 'number') return left + right;
  if (Array.isArray(left) && Array.isArray(right)) return [...left, ...right] as unknown[];
  if (!isRecord(left) || !isRecord(right)) return right ?? left;
  const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
  return Object.fromEntries([...keys].map((key) => [key, sum(left[key], right[key])]));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
