import type { ErrorCovariance } from './error-covariance.js';
import { discrepancies, spreadBack, sumUp, type Addition, type NodeVector } from './hierarchy.js';
import { addMultiple, dot } from './vectors.js';

const PRECISION = 1e-12;
const MOST_STEPS = 2_000;

/** Solves M·x = b for a positive definite M by conjugate gradients, with the diagonal of M as preconditioner. */
function solve(
  multiply: (vector: Float64Array) => Float64Array,
  diagonal: Float64Array,
  wanted: Float64Array,
): Float64Array {
  const solution = new Float64Array(wanted.length);
  const rest = Float64Array.from(wanted);
  let eased = rest.map((value, at) => value / diagonal[at]!);
  let direction = Float64Array.from(eased);
  let size = dot(rest, eased);
  const enough = size * PRECISION * PRECISION;
  for (let step = 0; step < MOST_STEPS && size > enough; step += 1) {
    const moved = multiply(direction);
    const length = size / dot(direction, moved);
    addMultiple(solution, length, direction);
    addMultiple(rest, -length, moved);
    eased = rest.map((value, at) => value / diagonal[at]!);
    const next = dot(rest, eased);
    const turned = next / size;
    direction = direction.map((value, at) => eased[at]! + turned * value);
    size = next;
  }
  return solution;
}

/**
 * The nearest numbers that add up, distance being measured by how each series errs: y − W·C'·(C·W·C')⁻¹·C·y. This equals
 * S·(S'·W⁻¹·S)⁻¹·S'·W⁻¹·y, the trace-minimising combination of Wickramasuriya et al. (2019), and needs no inverse of W.
 *
 * @returns a vector whose sums hold to the last bit
 */
export function reconcile(hierarchy: Addition, covariance: ErrorCovariance, nodes: NodeVector): NodeVector {
  const bySum = solve(covariance.multiplyBySum, covariance.ofDiscrepancies, discrepancies(hierarchy, nodes));
  const correction = covariance.multiply(spreadBack(hierarchy, bySum));
  return sumUp(
    hierarchy,
    nodes.map((value, at) => value - correction[at]!),
  );
}
