/** A history with leading gaps cut off and inner gaps filled, beside a record of what was observed. */
export interface FilledHistory {
  readonly values: Float64Array;
  /** The same span with NaN where a value was filled. */
  readonly observed: Float64Array;
}

function neighbourMean(values: Float64Array, index: number, lag: number): number {
  const around = [values[index - lag], values[index + lag]].filter(
    (value): value is number => value !== undefined && !Number.isNaN(value),
  );
  return around.length === 0 ? NaN : around.reduce((sum, value) => sum + value, 0) / around.length;
}

function interpolate(values: Float64Array, index: number): number {
  let left = index - 1;
  while (left >= 0 && Number.isNaN(values[left]!)) left--;
  let right = index + 1;
  while (right < values.length && Number.isNaN(values[right]!)) right++;
  if (left < 0) return values[right]!;
  if (right >= values.length) return values[left]!;
  return values[left]! + ((values[right]! - values[left]!) * (index - left)) / (right - left);
}

/**
 * Fills a gap by the mean of the values one season before and after where there is a season and such
 * a value, else on the straight line between its neighbours; a gap at the end repeats the last value.
 *
 * @example fillGaps(new Float64Array([NaN, 1, NaN, 3]), 1).values // [1, 2, 3]
 */
export function fillGaps(values: Float64Array, seasonLength: number): FilledHistory {
  const first = values.findIndex((value) => !Number.isNaN(value));
  if (first < 0) return { values: new Float64Array(0), observed: new Float64Array(0) };
  const observed = values.slice(first);
  const filled = observed.map((value, index) => {
    if (!Number.isNaN(value)) return value;
    const seasonal = seasonLength > 1 ? neighbourMean(observed, index, seasonLength) : NaN;
    return Number.isNaN(seasonal) ? interpolate(observed, index) : seasonal;
  });
  return { values: filled, observed };
}
