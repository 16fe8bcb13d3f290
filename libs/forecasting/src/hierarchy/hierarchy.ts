import { ForecastingError } from '../forecasting.errors.js';

/** A series that is the sum of some leaves. */
export interface SummedSeries {
  readonly id: string;
  /** Positions among the leaves. */
  readonly parts: readonly number[];
}

/** Series that add up: leaves, which nothing is below, and their sums, in any number of ways at once. */
export interface Hierarchy {
  readonly leaves: readonly string[];
  readonly sums: readonly SummedSeries[];
}

/** A leaf and the ids of the sums that it is part of. */
export interface LeafMembership {
  readonly id: string;
  readonly sums: readonly string[];
}

/**
 * The hierarchy of some leaves; sums in the order in which they first occur.
 *
 * @throws {ForecastingError} INVALID_PANEL when one id is used twice
 * @example hierarchyOf([{ id: 'a', sums: ['all'] }, { id: 'b', sums: ['all'] }]).sums // [{ id: 'all', parts: [0, 1] }]
 */
export function hierarchyOf(members: readonly LeafMembership[]): Hierarchy {
  const parts = new Map<string, number[]>();
  members.forEach(({ sums }, at) => {
    for (const id of new Set(sums)) {
      const known = parts.get(id);
      if (known) known.push(at);
      else parts.set(id, [at]);
    }
  });
  const leaves = members.map(({ id }) => id);
  const taken = new Set(leaves);
  const twice = leaves.length > taken.size ? 'a leaf' : [...parts.keys()].find((id) => taken.has(id));
  if (twice !== undefined)
    throw new ForecastingError(
      'INVALID_PANEL',
      `hierarchy: ${twice === 'a leaf' ? 'two leaves have one id' : `"${twice}" is a leaf and a sum`}; give every series an id of its own`,
    );
  return { leaves, sums: [...parts].map(([id, positions]) => ({ id, parts: positions })) };
}

/** Numbers of a hierarchy's series: those of the sums, then those of the leaves. */
export type NodeVector = Float64Array;

/** How many numbers a vector of the hierarchy has. */
export const nodeCount = ({ leaves, sums }: Hierarchy): number => leaves.length + sums.length;

/** Ids in the order of a vector's numbers. */
export const nodeIds = ({ leaves, sums }: Hierarchy): string[] => [...sums.map(({ id }) => id), ...leaves];

/** By how much each sum differs from the sum of its leaves: C·y for the constraints C = [I, −A]. */
export function discrepancies({ sums }: Hierarchy, nodes: NodeVector): Float64Array {
  const bySum = new Float64Array(sums.length);
  for (let at = 0; at < sums.length; at += 1) {
    let rest = nodes[at]!;
    for (const leaf of sums[at]!.parts) rest -= nodes[sums.length + leaf]!;
    bySum[at] = rest;
  }
  return bySum;
}

/** C'·x: what a change of the discrepancies means for each series. */
export function spreadBack(hierarchy: Hierarchy, bySum: Float64Array): NodeVector {
  const { sums } = hierarchy;
  const nodes = new Float64Array(nodeCount(hierarchy));
  nodes.set(bySum);
  for (let at = 0; at < sums.length; at += 1)
    for (const leaf of sums[at]!.parts) nodes[sums.length + leaf]! -= bySum[at]!;
  return nodes;
}

/** The same leaves with every sum made of them anew, in place. */
export function sumUp({ sums }: Hierarchy, nodes: NodeVector): NodeVector {
  sums.forEach(({ parts }, at) => {
    nodes[at] = parts.reduce((sum, leaf) => sum + nodes[sums.length + leaf]!, 0);
  });
  return nodes;
}
