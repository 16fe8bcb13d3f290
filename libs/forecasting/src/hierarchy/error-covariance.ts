import {
  discrepancies,
  nodeCount,
  partsOf,
  spreadBack,
  type Addition,
  type NodeVector,
} from './hierarchy.js';
import { addMultiple, dot, timesEach } from './vectors.js';

/** How the errors of a hierarchy's forecasts go together, as far as reconciliation asks. */
export interface ErrorCovariance {
  /** W·v */
  multiply(vector: NodeVector): NodeVector;
  /** C·W·C'·x, one number a sum. */
  multiplyBySum(bySum: Float64Array): Float64Array;
  /** The diagonal of C·W·C', one number a sum. */
  readonly ofDiscrepancies: Float64Array;
}

/** Fewer vectors of errors than this say nothing about how errors go together. */
export const LEAST_ERRORS = 8;
/** Pairs of so many series are looked at for the intensity of shrinkage. */
const MOST_SAMPLED = 400;
/** Variance of a series without errors, as a share of the mean variance: it is nearly, not wholly, certain. */
const LEAST_VARIANCE = 1e-6;

/** W as what each series errs by itself and, `share` of it each, errors that all made together: D + share·R'·R. */
interface CovarianceParts {
  readonly alone: NodeVector;
  /** Rows of R, one after the other; each is gone when the next one is asked for. */
  readonly together: () => Iterable<NodeVector>;
  readonly share: number;
}

/** A row of R costs each series a number where W is asked, but only each sum one where C·W·C' is, which is asked most. */
function covarianceOf(addition: Addition, { alone, together, share }: CovarianceParts): ErrorCovariance {
  const bySum = Array.from(together(), (row) => discrepancies(addition, row));
  const plusTogether = (product: Float64Array, rows: Iterable<Float64Array>, vector: Float64Array) => {
    for (const row of rows) addMultiple(product, share * dot(row, vector), row);
    return product;
  };
  return {
    multiply: (vector) => plusTogether(timesEach(vector, alone), together(), vector),
    multiplyBySum(vector) {
      const apart = discrepancies(addition, timesEach(spreadBack(addition, vector), alone));
      return plusTogether(apart, bySum, vector);
    },
    ofDiscrepancies: Float64Array.from(addition.sums, (_, at) =>
      bySum.reduce((sum, row) => sum + share * row[at]! * row[at]!, partsOf(addition, alone, at, alone[at]!)),
    ),
  };
}

/** Every leaf errs alike and by itself, so a sum errs with the number of its leaves: for want of errors that were seen. */
export function structuralCovariance(addition: Addition): ErrorCovariance {
  const variances = new Float64Array(nodeCount(addition)).fill(1);
  addition.sums.forEach(({ parts }, at) => (variances[at] = parts.length));
  return covarianceOf(addition, { alone: variances, together: () => [], share: 0 });
}

/** Mean squares by series; where no error is known, that of the middle series, which is neither sure nor boundless. */
function meanSquares(errors: readonly NodeVector[]): Float64Array {
  const squares = new Float64Array(errors[0]!.length);
  const known = new Uint16Array(squares.length);
  for (const row of errors)
    for (let at = 0; at < row.length; at += 1) {
      const error = row[at]!;
      if (Number.isNaN(error)) continue;
      squares[at]! += error * error;
      known[at]! += 1;
    }
  for (let at = 0; at < squares.length; at += 1) squares[at]! /= known[at]!;
  const told = squares.filter((square) => !Number.isNaN(square)).sort();
  const middle = told[told.length >> 1] ?? 0;
  for (let at = 0; at < squares.length; at += 1) if (Number.isNaN(squares[at]!)) squares[at] = middle;
  return squares;
}

/** Root mean squares by series, none of them 0. */
function deviationsOf(errors: readonly NodeVector[]): NodeVector {
  const squares = meanSquares(errors);
  const floor = LEAST_VARIANCE * (squares.reduce((sum, square) => sum + square, 0) / squares.length || 1);
  return squares.map((square) => Math.sqrt(Math.max(square, floor)));
}

/** An error over the root mean square of its series; 0 where nothing is known. */
const standardised = (error: number, deviation: number): number =>
  Number.isNaN(error) ? 0 : error / deviation;

/** Standardised errors of so many series at most as {@link shrinkageIntensity} looks at anyway. */
function sampled(errors: readonly NodeVector[], deviations: NodeVector): NodeVector[] {
  const stride = strideOf(deviations.length);
  const length = Math.ceil(deviations.length / stride);
  return errors.map((row) =>
    Float64Array.from({ length }, (_, at) => standardised(row[at * stride]!, deviations[at * stride]!)),
  );
}

const strideOf = (size: number): number => Math.max(1, Math.floor(size / MOST_SAMPLED));

/**
 * How far correlations are drawn to none: the sum of their sampling variances over the sum of their squares (Schäfer and
 * Strimmer 2005), over pairs of evenly drawn series.
 *
 * @returns 0 to 1
 */
export function shrinkageIntensity(rows: readonly NodeVector[]): number {
  const count = rows.length;
  const size = rows[0]!.length;
  const stride = strideOf(size);
  let [variance, square] = [0, 0];
  for (let one = 0; one < size; one += stride) {
    for (let other = 0; other < one; other += stride) {
      let [sum, squares] = [0, 0];
      for (const row of rows) {
        const product = row[one]! * row[other]!;
        sum += product;
        squares += product * product;
      }
      variance += (squares - (sum * sum) / count) / (count * (count - 1));
      square += (sum / count) ** 2;
    }
  }
  return square > 0 ? Math.min(1, Math.max(0, variance / square)) : 1;
}

/** Errors as they are weighed, in the same memory one after the other: kept apart they would be as many numbers again. */
function* scaledRows(errors: readonly NodeVector[], deviations: NodeVector): Generator<NodeVector> {
  const scaled = new Float64Array(deviations.length);
  for (const row of errors) {
    for (let at = 0; at < scaled.length; at += 1)
      scaled[at] = standardised(row[at]!, deviations[at]!) * deviations[at]!;
    yield scaled;
  }
}

/**
 * The covariance of errors that were seen, its correlations shrunk (MinT: Wickramasuriya, Athanasopoulos and Hyndman 2019).
 * It is kept as a diagonal and the errors themselves, so that a million series need no matrix.
 *
 * @param errors a vector for each moment forecast, NaN where unknown; LEAST_ERRORS or more
 */
export function shrunkCovariance(addition: Addition, errors: readonly NodeVector[]): ErrorCovariance {
  const deviations = deviationsOf(errors);
  const kept = 1 - shrinkageIntensity(sampled(errors, deviations));
  const share = kept / errors.length;
  const together = () => scaledRows(errors, deviations);
  const alone = new Float64Array(deviations.length);
  for (const row of together()) for (let at = 0; at < row.length; at += 1) alone[at]! += row[at]! * row[at]!;
  for (let at = 0; at < alone.length; at += 1) {
    const square = deviations[at]! * deviations[at]!;
    alone[at] = Math.max(square - share * alone[at]!, LEAST_VARIANCE * deviations[at]! * deviations[at]!);
  }
  return covarianceOf(addition, { alone, together, share });
}
