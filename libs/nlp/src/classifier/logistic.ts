import { dot, type SparseRows } from '../features/sparse.js';
import { minimise } from './minimise.js';

/** A linear score: `weights · features + bias` is the logarithm of the odds. */
export interface LinearScore {
  readonly weights: Float64Array;
  readonly bias: number;
}

export interface LogisticOptions {
  /** Inverse strength of the penalty: loss is `C · Σ weight · log-loss + ½ |w − mean|²`; the bias is free. */
  readonly inversePenalty: number;
  /** Weight of each row; 1 unless given. */
  readonly rowWeights?: Float64Array;
  /** What the weights are drawn to (mean of their Gaussian prior); 0 unless given. */
  readonly priorMean?: Float64Array;
  readonly tolerance?: number;
  readonly maxIterations?: number;
}

export const sigmoid = (score: number): number => 1 / (1 + Math.exp(-score));

/** Logarithm of 1 + e^x without overflow. */
const softplus = (x: number): number => (x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x)));

/** Row weights that make both classes count alike: n / (2 n_class), to the power `strength` (0 changes nothing). */
export function balancedWeights(targets: Uint8Array, strength = 1, rowWeights?: Float64Array): Float64Array {
  const weights = rowWeights ?? new Float64Array(targets.length).fill(1);
  const total = [0, 0];
  targets.forEach((target, row) => (total[target]! += weights[row]!));
  const sum = total[0]! + total[1]!;
  return weights.map((weight, row) => weight * (sum / (2 * total[targets[row]!]!)) ** strength);
}

/**
 * Logistic regression with a Gaussian prior on the weights, to convergence. With `priorMean` this is the posterior
 * mode when something is known of the weights before a row is seen.
 *
 * @param targets 0 or 1 a row
 */
export function fitLogistic(
  { rows, width }: SparseRows,
  targets: Uint8Array,
  options: LogisticOptions,
): LinearScore {
  const { inversePenalty, rowWeights, priorMean, tolerance = 1e-4, maxIterations = 500 } = options;
  const objective = (x: Float64Array, gradient: Float64Array): number => {
    let loss = 0;
    for (let index = 0; index < width; index++) {
      const away = x[index]! - (priorMean?.[index] ?? 0);
      gradient[index] = away;
      loss += 0.5 * away * away;
    }
    for (let row = 0; row < rows.length; row++) {
      const { indices, values } = rows[row]!;
      const score = dot(rows[row]!, x) + x[width]!;
      const weight = inversePenalty * (rowWeights?.[row] ?? 1);
      const target = targets[row]!;
      loss += weight * (softplus(score) - target * score);
      const pull = weight * (sigmoid(score) - target);
      for (let at = 0; at < indices.length; at++) gradient[indices[at]!]! += pull * values[at]!;
      gradient[width]! += pull;
    }
    return loss;
  };
  const start = new Float64Array(width + 1);
  if (priorMean) start.set(priorMean);
  const { x } = minimise(objective, start, { tolerance, maxIterations });
  return { weights: x.slice(0, width), bias: x[width]! };
}
