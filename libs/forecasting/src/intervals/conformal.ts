import { normalQuantile } from './normal.js';
import type { RollingErrors } from './rolling-errors.js';

/** Fewer errors than this at a step say too little about its spread. */
const MIN_ERRORS = 4;

/** How wide the forecast of each step is, and the shape of a standardised error. */
export interface ErrorDistribution {
  /** Size of an error by step: root mean square, never falling, widened for a finite sample. */
  readonly spread: Float64Array;
  /** Errors over the root mean square of their step, all steps pooled, rising. */
  readonly standardised: Float64Array;
  /** Origins behind the errors: the sample size that the finite-sample correction uses. */
  readonly origins: number;
}

interface Pool {
  square: number;
  weight: number;
  steps: number;
}

/** Pool-adjacent-violators: the closest never-falling sequence to the squares, by weight. */
function risingSquares(squares: readonly number[], weights: readonly number[]): number[] {
  const pools: Pool[] = [];
  squares.forEach((square, index) => {
    let pool: Pool = { square, weight: weights[index]!, steps: 1 };
    for (let last = pools.at(-1); last && last.square > pool.square; last = pools.at(-1)) {
      const weight = last.weight + pool.weight;
      const joint = (last.square * last.weight + pool.square * pool.weight) / weight;
      pool = { square: joint, weight, steps: last.steps + pool.steps };
      pools.pop();
    }
    pools.push(pool);
  });
  return pools.flatMap(({ square, steps }) => Array.from({ length: steps }, () => square));
}

/**
 * The method was fitted to the very values that its errors are measured on, so the next errors are
 * larger: by some six parameters' worth, judged on M3, M4 weekly and NN5.
 */
const OPTIMISM = 6;

function widened(spread: Float64Array, { byStep }: RollingErrors): Float64Array {
  return spread.map(
    (size, step) => size * Math.sqrt(1 + OPTIMISM / Math.max(MIN_ERRORS, byStep[step]!.length)),
  );
}

const meanSquare = (errors: readonly number[]): number =>
  errors.reduce((sum, error) => sum + error * error, 0) / errors.length;

/**
 * Learns the error distribution of h steps ahead from rolling errors. Steps with fewer than four
 * errors grow from the last known step with the root of the step number, as a random walk would.
 *
 * @param fallbackSpread the spread of step 1 where no step has enough errors
 */
export function errorDistribution(errors: RollingErrors, fallbackSpread: number): ErrorDistribution {
  const short = errors.byStep.findIndex((step) => step.length < MIN_ERRORS);
  const known = errors.byStep.slice(0, short < 0 ? errors.byStep.length : short);
  const squares = risingSquares(
    known.map(meanSquare),
    known.map((step) => step.length),
  );
  const spread = Float64Array.from(errors.byStep, (_, step) => {
    const square = squares[step];
    if (square !== undefined) return Math.sqrt(square);
    if (squares.length === 0) return fallbackSpread * Math.sqrt(step + 1);
    return Math.sqrt(squares.at(-1)! * ((step + 1) / squares.length));
  });
  const standardised = known.flatMap((step, index) =>
    spread[index]! > 0 ? step.map((error) => error / spread[index]!) : [],
  );
  return {
    spread: widened(spread, errors),
    standardised: Float64Array.from(standardised).sort(),
    origins: errors.origins,
  };
}

/**
 * The standardised error at a level: the empirical quantile, its level moved outwards as split
 * conformal prediction does for a finite sample (Vovk; Lei et al. 2018). Where fewer than two of the
 * origins are expected beyond the level, at least the normal tail is taken.
 */
export function standardisedQuantile(distribution: ErrorDistribution, level: number): number {
  const { standardised, origins } = distribution;
  const normal = normalQuantile(level);
  if (standardised.length === 0) return normal;
  const outward = Math.min(1, Math.max(0, 0.5 + (level - 0.5) * (1 + 1 / Math.max(1, origins))));
  const position = outward * (standardised.length - 1);
  const below = Math.floor(position);
  const above = Math.min(standardised.length - 1, below + 1);
  const empirical = standardised[below]! + (standardised[above]! - standardised[below]!) * (position - below);
  if (Math.min(level, 1 - level) * origins >= 2) return empirical;
  return level < 0.5 ? Math.min(empirical, normal) : Math.max(empirical, normal);
}

/** Quantile paths around a point path, one a level, in the units of the series. */
export function quantilePaths(
  mean: Float64Array,
  distribution: ErrorDistribution,
  levels: readonly number[],
): Float64Array[] {
  let floor = -Infinity;
  return levels.map((level) => {
    floor = Math.max(floor, standardisedQuantile(distribution, level));
    const shift = floor;
    return mean.map((value, step) => value + shift * distribution.spread[step]!);
  });
}
