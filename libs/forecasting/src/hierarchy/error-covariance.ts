import { discrepancies, nodeCount, spreadBack, type Hierarchy, type NodeVector } from './hierarchy.js';
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
  readonly together: readonly NodeVector[];
  readonly share: number;
}

/** A row of R costs each series a number where W is asked, but only each sum one where C·W·C' is, which is asked most. */
function covarianceOf(hierarchy: Hierarchy, { alone, together, share }: CovarianceParts): ErrorCovariance {
  const bySum = together.map((row) => discrepancies(hierarchy, row));
  const plusTogether = (product: Float64Array, rows: readonly Float64Array[], vector: Float64Array) => {
    for (const row of rows) addMultiple(product, share * dot(row, vector), row);
    return product;
  };
  return {
    multiply: (vector) => plusTogether(timesEach(vector, alone), together, vector),
    multiplyBySum(vector) {
      const apart = discrepancies(hierarchy, timesEach(spreadBack(hierarchy, vector), alone));
      return plusTogether(apart, bySum, vector);
    },
    ofDiscrepancies: diagonalOfDiscrepancies(hierarchy, alone).map((own, at) =>
      bySum.reduce((sum, row) => sum + share * row[at]! * row[at]!, own),
    ),
  };
}

function diagonalOfDiscrepancies({ sums }: Hierarchy, variances: Float64Array): Float64Array {
  return Float64Array.from(sums, ({ parts }, at) =>
    parts.reduce((sum, leaf) => sum + variances[sums.length + leaf]!, variances[at]!),
  );
}

/** Every leaf errs alike and by itself, so a sum errs with the number of its leaves: for want of errors that were seen. */
export function structuralCovariance(hierarchy: Hierarchy): ErrorCovariance {
  const variances = new Float64Array(nodeCount(hierarchy)).fill(1);
  hierarchy.sums.forEach(({ parts }, at) => (variances[at] = parts.length));
  return covarianceOf(hierarchy, { alone: variances, together: [], share: 0 });
}

/** Errors over the root mean square of their series; 0 where nothing is known. */
interface Standardised {
  readonly deviations: Float64Array;
  readonly rows: readonly NodeVector[];
}

/** Mean squares by series; where no error is known, that of the middle series, which is neither sure nor boundless. */
function meanSquares(errors: readonly NodeVector[]): Float64Array {
  const squares = errors[0]!.map((_, at) => {
    const known = errors.map((row) => row[at]!).filter((error) => !Number.isNaN(error));
    return known.reduce((sum, error) => sum + error * error, 0) / known.length;
  });
  const told = squares.filter((square) => !Number.isNaN(square)).sort();
  return squares.map((square) => (Number.isNaN(square) ? (told[told.length >> 1] ?? 0) : square));
}

function standardised(errors: readonly NodeVector[]): Standardised {
  const squares = meanSquares(errors);
  const floor = LEAST_VARIANCE * (squares.reduce((sum, square) => sum + square, 0) / squares.length || 1);
  const deviations = squares.map((square) => Math.sqrt(Math.max(square, floor)));
  const rows = errors.map((row) =>
    row.map((error, at) => (Number.isNaN(error) ? 0 : error / deviations[at]!)),
  );
  return { deviations, rows };
}

/**
 * How far correlations are drawn to none: the sum of their sampling variances over the sum of their squares (Schäfer and
 * Strimmer 2005), over pairs of evenly drawn series.
 *
 * @returns 0 to 1
 */
export function shrinkageIntensity(rows: readonly NodeVector[]): number {
  const count = rows.length;
  const size = rows[0]!.length;
  const stride = Math.max(1, Math.floor(size / MOST_SAMPLED));
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

/**
 * The covariance of errors that were seen, its correlations shrunk (MinT: Wickramasuriya, Athanasopoulos and Hyndman 2019).
 * It is kept as a diagonal and one row an error, so that a hundred thousand series need no matrix.
 *
 * @param errors a vector for each moment forecast, NaN where unknown; LEAST_ERRORS or more
 */
export function shrunkCovariance(hierarchy: Hierarchy, errors: readonly NodeVector[]): ErrorCovariance {
  const { deviations, rows } = standardised(errors);
  const kept = 1 - shrinkageIntensity(rows);
  const share = kept / rows.length;
  const scaled = rows.map((row) => row.map((value, at) => value * deviations[at]!));
  const alone = deviations.map((deviation, at) => {
    const common = scaled.reduce((sum, row) => sum + row[at]! * row[at]!, 0);
    return Math.max(deviation * deviation - share * common, LEAST_VARIANCE * deviation * deviation);
  });
  return covarianceOf(hierarchy, { alone, together: scaled, share });
}
