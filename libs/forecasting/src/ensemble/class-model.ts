import { standardisedQuantile, type ErrorDistribution } from '../intervals/conformal.js';
import { normalQuantile } from '../intervals/normal.js';
import type { DemandClass } from './demand-class.js';
import type { MemberPaths } from './member-paths.js';
import type { Member } from './members.js';
import type { SeriesPaths } from './series-paths.js';
import { countQuantile } from './count-quantiles.js';
import { classWeights } from './weights.js';

/** The ensemble of one class of series. */
export interface ClassModel {
  readonly demand: DemandClass;
  /** Weight by member, in the order of the class's members; of smooth demand they sum to 1. */
  readonly weights: Float64Array;
  /** How many spreads above the path the quantile of a level lies; of smooth demand. */
  readonly spreadsAt: (level: number) => number;
  /** Median variance over mean of the class, in counts; of intermittent demand. */
  readonly dispersion: number;
}

/** A path and the size of its error by step. */
export interface Blend {
  readonly path: Float64Array;
  readonly spread: Float64Array;
}

/** Joins the members by weight; the spread is that of the members, which a blend does not exceed. */
export function blendOf({ paths, spreads }: MemberPaths, weights: Float64Array): Blend {
  const horizon = paths.length / weights.length;
  const path = new Float64Array(horizon);
  const spread = new Float64Array(horizon);
  weights.forEach((weight, member) => {
    for (let step = 0; step < horizon; step++) {
      path[step]! += weight * paths[member * horizon + step]!;
      spread[step]! += weight * spreads[member * horizon + step]!;
    }
  });
  return { path, spread };
}

/** Checks of all series together that make a distribution of errors. */
export const CHECKS_WANTED = 60;

/**
 * Errors of the blend over its spread at the latest checks, as many of each series as give the class
 * enough: how wrong it was lately says more than how wrong it was once.
 */
function errorsOf(series: readonly SeriesPaths[], weights: Float64Array): ErrorDistribution {
  const latest = Math.ceil(CHECKS_WANTED / Math.max(1, series.length));
  const checks = series.flatMap((one) => one.checks.slice(0, latest));
  const standardised = checks.flatMap((check) => {
    const { path, spread } = blendOf(check, weights);
    return [...check.actual].map((actual, step) => (actual - path[step]!) / spread[step]!);
  });
  return {
    spread: new Float64Array(0),
    standardised: Float64Array.from(standardised.filter(Number.isFinite)).sort(),
    origins: checks.length,
  };
}

/** Weighs the members of a class and learns how wrong their blend was, on the checks of all its series. */
export function classModel(
  demand: DemandClass,
  series: readonly SeriesPaths[],
  members: readonly Member[],
): ClassModel {
  const weights = classWeights(
    series.flatMap(({ checks }) => checks),
    members.map(({ prior }) => prior),
    demand,
  );
  const dispersions = series.map(({ dispersion }) => dispersion).sort((a, b) => a - b);
  const dispersion = dispersions[dispersions.length >> 1] ?? 1;
  const errors = errorsOf(series, weights);
  return { demand, weights, spreadsAt: (level) => spreadsAt(errors, level), dispersion };
}

/** Fewer checks than this say too little about a tail: the normal distribution takes part. */
const ENOUGH_ORIGINS = 30;
/** Errors on the fitted history are smaller than those to come; by this factor where nothing was checked. */
const OPTIMISM = 1.3;

function spreadsAt(errors: ErrorDistribution, level: number): number {
  const normal = OPTIMISM * normalQuantile(level);
  if (errors.standardised.length === 0) return normal;
  const share = Math.min(1, errors.origins / ENOUGH_ORIGINS);
  return share * standardisedQuantile(errors, level) + (1 - share) * normal;
}

/**
 * Quantile paths of a series, one a level. Smooth demand: the class's errors in units of the series'
 * spread. Intermittent demand: a negative binomial around the path, its dispersion half the series'
 * own and half that of the class.
 *
 * @param levels rising
 */
export function quantilesOf(
  series: SeriesPaths,
  { path, spread }: Blend,
  model: ClassModel,
  levels: readonly number[],
): Float64Array[] {
  if (model.demand === 'intermittent') {
    const { unit } = series;
    const dispersion = (series.dispersion + model.dispersion) / 2;
    return levels.map((level) => path.map((mean) => countQuantile({ mean, dispersion, unit }, level)));
  }
  let floor = -Infinity;
  return levels.map((level) => {
    floor = Math.max(floor, model.spreadsAt(level));
    const shift = floor;
    return path.map((value, step) => value + shift * spread[step]!);
  });
}
