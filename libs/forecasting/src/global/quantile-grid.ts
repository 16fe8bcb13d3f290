import { ForecastingError } from '../forecasting.errors.js';
import { normalQuantile } from '../intervals/normal.js';
import { TRAINED_LEVELS } from './config.js';

const POSITIONS = TRAINED_LEVELS.map(normalQuantile);

/**
 * The quantile at any level from those at the trained levels: a straight line between neighbours on
 * the normal scale, carried on beyond the outermost two.
 *
 * @param rising values at TRAINED_LEVELS
 */
export function quantileAt(rising: ArrayLike<number>, level: number): number {
  const position = normalQuantile(level);
  const above = POSITIONS.findIndex((known, index) => index > 0 && known >= position);
  const right = above < 0 ? POSITIONS.length - 1 : above;
  const share = (position - POSITIONS[right - 1]!) / (POSITIONS[right]! - POSITIONS[right - 1]!);
  return rising[right - 1]! + share * (rising[right]! - rising[right - 1]!);
}

/** Fewer held-out errors than this say too little about the outer levels. */
const MIN_ERRORS = 80;

/**
 * What must be added to each trained quantile, in scaled units, so that the held-out actuals lie
 * below it as often as its level says (conformalised quantile regression, Romano et al. 2019).
 *
 * @param errors for each trained level, actual − quantile of every held-out value, scaled
 * @returns zeros where fewer than 80 values were held out
 */
export function calibrationOf(errors: readonly (readonly number[])[]): number[] {
  return errors.map((ofLevel, index) => {
    if (ofLevel.length < MIN_ERRORS) return 0;
    const sorted = Float64Array.from(ofLevel).sort();
    const level = TRAINED_LEVELS[index]!;
    const rank =
      level < 0.5 ? Math.floor(level * (sorted.length + 1)) : Math.ceil(level * (sorted.length + 1));
    return sorted[Math.min(sorted.length, Math.max(1, rank)) - 1]!;
  });
}

/** Adds the calibration and lifts a value that fell below its lower neighbour. */
export function calibrated(quantiles: ArrayLike<number>, calibration: readonly number[]): Float64Array {
  let floor = -Infinity;
  return Float64Array.from(calibration, (shift, index) => {
    floor = Math.max(floor, quantiles[index]! + shift);
    return floor;
  });
}

/** @throws {ForecastingError} INVALID_OPTIONS when it is not one finite number a trained level */
export function parseCalibration(found: unknown): number[] {
  const fits =
    Array.isArray(found) &&
    found.length === TRAINED_LEVELS.length &&
    found.every((shift) => Number.isFinite(shift));
  if (fits) return found as number[];
  throw new ForecastingError('INVALID_OPTIONS', `calibration must hold ${TRAINED_LEVELS.length} numbers`);
}
