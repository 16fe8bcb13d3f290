/** What a local method learnt from one history: parameters, not the history itself. */
export interface LocalFit {
  /**
   * Point forecasts that follow `history`, with the parameters learnt. `history` may be any beginning
   * of the fitted values, so that errors of the method can be collected without refitting.
   */
  forecast(history: Float64Array, horizon: number): Float64Array;
}

/** A method fitted to one series alone. Histories hold no NaN and at least `minLength` values. */
export interface LocalMethod {
  readonly name: string;
  readonly minLength: number;
  /** True where demand below zero means nothing to the method; forecasts are then 0 or more. */
  readonly nonNegative?: boolean;
  fit(history: Float64Array, seasonLength: number): LocalFit;
}

/** A path of one value. */
export function flat(value: number, horizon: number): Float64Array {
  return new Float64Array(horizon).fill(value);
}

/** The mean of a non-empty array. */
export function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < values.length; index++) sum += values[index]!;
  return sum / values.length;
}

/** The value in the middle of a non-empty array, or the mean of the two that are. */
export function median(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
