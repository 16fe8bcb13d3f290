import type { Reconciliation } from '../contract/forecaster.js';
import { LEAST_ERRORS, shrunkCovariance, structuralCovariance } from './error-covariance.js';
import { nodeCount, sumUp, type Addition, type NodeVector } from './hierarchy.js';
import { reconcile } from './reconcile.js';
import { spreadRatios } from './spread-ratios.js';
import { unseenLeaves } from './unseen-parts.js';

/** How forecasts of a hierarchy are brought together, learnt from the errors that were seen. */
export interface Reconciler {
  readonly method: Reconciliation;
  readonly project: (nodes: NodeVector) => NodeVector;
  /** How much narrower the errors of each series became. */
  readonly ratios: Float64Array;
  /** Leaves whose errors were never seen. */
  readonly unseen: ReadonlySet<number>;
}

/** @param errors a vector a moment, NaN where unknown; kept, and not changed */
export function reconcilerOf(addition: Addition, errors: readonly NodeVector[]): Reconciler {
  const known = errors.length >= LEAST_ERRORS;
  const covariance = known ? shrunkCovariance(addition, errors) : structuralCovariance(addition);
  const project = (nodes: NodeVector): NodeVector => reconcile(addition, covariance, nodes);
  const common = { project, unseen: unseenLeaves(addition, errors) };
  if (known) return { ...common, method: { method: 'mint' }, ratios: spreadRatios(errors, project) };
  const reason = `${errors.length} vectors of past errors, ${LEAST_ERRORS} are needed: each sum was weighed by the number of its parts`;
  const ratios = new Float64Array(nodeCount(addition)).fill(1);
  return { ...common, method: { method: 'structural', reason }, ratios };
}

/** New parts were taken out of the histories of their sums: what is forecast of them is added, in place. */
function addUnseen({ sums }: Addition, nodes: NodeVector, unseen: ReadonlySet<number>): void {
  sums.forEach(({ parts }, at) => {
    for (let part = 0; part < parts.length; part += 1)
      if (unseen.has(parts[part]!)) nodes[at]! += nodes[sums.length + parts[part]!]!;
  });
}

/**
 * Brings the means of every step together, in place of those that were forecast apart. What a leaf may not have below 0 is taken from
 * its sums as well.
 *
 * @param means a vector a step
 * @param isNonNegative whether a series, by its place in the vectors, never fell below 0
 */
export function bringTogether(
  addition: Addition,
  means: NodeVector[],
  { project, unseen }: Reconciler,
  isNonNegative: (node: number) => boolean,
): void {
  for (const [step, apart] of means.entries()) {
    if (unseen.size > 0) addUnseen(addition, apart, unseen);
    const nodes = project(apart);
    for (let node = addition.sums.length; node < nodes.length; node += 1)
      if (isNonNegative(node)) nodes[node] = Math.max(0, nodes[node]!);
    means[step] = sumUp(addition, nodes);
  }
}
