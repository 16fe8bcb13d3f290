/**
 * Measures of forecast error. A pair whose actual is NaN is left out; a measure with no pair is NaN.
 * sMAPE, MASE and OWA follow the M4 competition (Makridakis et al. 2020), RMSSE follows M5.
 */

type Numbers = ArrayLike<number>;

function meanOver(actual: Numbers, term: (actual: number, index: number) => number): number {
  let sum = 0;
  let count = 0;
  for (let index = 0; index < actual.length; index++) {
    const value = actual[index]!;
    if (Number.isNaN(value)) continue;
    sum += term(value, index);
    count++;
  }
  return count === 0 ? NaN : sum / count;
}

/**
 * Mean of 200·|a−f| / (|a|+|f|), in percent 0..200; 0 where both are zero.
 *
 * @example smape([100, 100], [100, 50]) // 33.33…
 */
export function smape(actual: Numbers, forecast: Numbers): number {
  return meanOver(actual, (value, index) => {
    const size = Math.abs(value) + Math.abs(forecast[index]!);
    return size === 0 ? 0 : (200 * Math.abs(value - forecast[index]!)) / size;
  });
}

/** Mean |a−f|, in the units of the series. */
export function meanAbsoluteError(actual: Numbers, forecast: Numbers): number {
  return meanOver(actual, (value, index) => Math.abs(value - forecast[index]!));
}

/** Mean f−a, in the units of the series: above 0 is forecasting too much. */
export function bias(actual: Numbers, forecast: Numbers): number {
  return meanOver(actual, (value, index) => forecast[index]! - value);
}

/** Mean |x_t − x_{t−lag}| over the training part; lag 1 where the series is not longer than the lag. */
export function seasonalScale(train: Numbers, seasonLength: number): number {
  const lag = train.length > seasonLength ? seasonLength : 1;
  let sum = 0;
  let count = 0;
  for (let index = lag; index < train.length; index++) {
    const step = Math.abs(train[index]! - train[index - lag]!);
    if (Number.isNaN(step)) continue;
    sum += step;
    count++;
  }
  return count === 0 ? NaN : sum / count;
}

/** Mean |a−f| over the scale of the seasonal naive in training; NaN where that scale is 0. */
export function mase(actual: Numbers, forecast: Numbers, train: Numbers, seasonLength: number): number {
  const scale = seasonalScale(train, seasonLength);
  return scale > 0 ? meanAbsoluteError(actual, forecast) / scale : NaN;
}

/** Root of (mean squared error over mean squared first difference in training); NaN on a constant one. */
export function rmsse(actual: Numbers, forecast: Numbers, train: Numbers): number {
  let sum = 0;
  let count = 0;
  for (let index = 1; index < train.length; index++) {
    const step = train[index]! - train[index - 1]!;
    if (Number.isNaN(step)) continue;
    sum += step * step;
    count++;
  }
  if (!(sum > 0)) return NaN;
  return Math.sqrt(meanOver(actual, (value, index) => (value - forecast[index]!) ** 2) / (sum / count));
}

/** Half the sum of sMAPE and MASE, each over that of the reference (Naive2 in M4). Below 1 is better. */
export function owa(
  model: { smape: number; mase: number },
  reference: { smape: number; mase: number },
): number {
  return (model.smape / reference.smape + model.mase / reference.mase) / 2;
}

/** Mean quantile (pinball) loss at one level, in the units of the series. */
export function pinballLoss(actual: Numbers, quantile: Numbers, level: number): number {
  return meanOver(actual, (value, index) => {
    const error = value - quantile[index]!;
    return error >= 0 ? level * error : (level - 1) * error;
  });
}

/**
 * Continuous ranked probability score, approximated by twice the mean pinball loss over the levels;
 * with one level 0.5 it is the absolute error.
 */
export function crps(actual: Numbers, quantiles: readonly Numbers[], levels: readonly number[]): number {
  const losses = levels.map((level, index) => pinballLoss(actual, quantiles[index]!, level));
  return (2 * losses.reduce((sum, loss) => sum + loss, 0)) / losses.length;
}

/** Share of actuals inside [lower, upper], 0..1. */
export function coverage(actual: Numbers, lower: Numbers, upper: Numbers): number {
  return meanOver(actual, (value, index) => (value >= lower[index]! && value <= upper[index]! ? 1 : 0));
}

/** Mean of the numbers that are not NaN; NaN where there is none. */
export function meanOfKnown(values: Numbers): number {
  return meanOver(values, (value) => value);
}
