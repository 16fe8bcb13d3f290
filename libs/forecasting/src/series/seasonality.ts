/** How a seasonal pattern joins the level. */
export type SeasonalKind = 'multiplicative' | 'additive';

function autocorrelations(values: Float64Array, lags: number): number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const centred = values.map((value) => value - mean);
  const variance = centred.reduce((sum, value) => sum + value * value, 0);
  return Array.from({ length: lags }, (_, index) => {
    let sum = 0;
    for (let at = index + 1; at < centred.length; at++) sum += centred[at]! * centred[at - index - 1]!;
    return variance > 0 ? sum / variance : 0;
  });
}

/**
 * The seasonality test of the M4 benchmarks: at least three seasons, and the autocorrelation at the
 * season outside the 90 % band of a process correlated up to the lag before.
 */
export function isSeasonal(values: Float64Array, seasonLength: number): boolean {
  if (seasonLength < 2 || values.length < 3 * seasonLength) return false;
  const correlations = autocorrelations(values, seasonLength);
  const before = correlations.slice(0, -1).reduce((sum, correlation) => sum + correlation ** 2, 0);
  return Math.abs(correlations.at(-1)!) > 1.645 * Math.sqrt((1 + 2 * before) / values.length);
}

/** The moving average over one season around each value; NaN at the ends. Even seasons weigh both ends half. */
function centredAverage(values: Float64Array, seasonLength: number): Float64Array {
  const half = Math.floor(seasonLength / 2);
  const edge = seasonLength % 2 === 0 ? 0.5 : 1;
  return values.map((_, index) => {
    if (index < half || index + half >= values.length) return NaN;
    let sum = edge * (values[index - half]! + values[index + half]!);
    for (let at = index - half + 1; at < index + half; at++) sum += values[at]!;
    return sum / seasonLength;
  });
}

/**
 * Classical seasonal indices, one a phase from the first value, of mean 1 (multiplicative) or 0
 * (additive). Needs two seasons of values.
 */
export function seasonalIndices(
  values: Float64Array,
  seasonLength: number,
  kind: SeasonalKind,
): Float64Array {
  const trend = centredAverage(values, seasonLength);
  const sums = new Float64Array(seasonLength);
  const counts = new Float64Array(seasonLength);
  values.forEach((value, index) => {
    const level = trend[index]!;
    const detrended = kind === 'multiplicative' ? value / level : value - level;
    if (!Number.isFinite(detrended)) return;
    sums[index % seasonLength]! += detrended;
    counts[index % seasonLength]! += 1;
  });
  const neutral = kind === 'multiplicative' ? 1 : 0;
  const raw = sums.map((sum, phase) => (counts[phase]! > 0 ? sum / counts[phase]! : neutral));
  const mean = raw.reduce((sum, index) => sum + index, 0) / seasonLength;
  return raw.map((index) => (kind === 'multiplicative' ? index / mean : index - mean));
}
