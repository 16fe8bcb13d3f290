import { ForecastingError } from '../forecasting.errors.js';

/** A series that is the sum of some leaves. */
export interface SummedSeries {
  readonly id: string;
  /** Positions among the leaves. */
  readonly parts: readonly number[];
}

/** How series add up, whatever they are called. */
export interface Addition {
  readonly leaves: { readonly length: number };
  readonly sums: readonly { readonly parts: ArrayLike<number> }[];
}

/** Series that add up: leaves, which nothing is below, and their sums, in any number of ways at once. */
export interface Hierarchy extends Addition {
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
export const nodeCount = ({ leaves, sums }: Addition): number => leaves.length + sums.length;

/** Ids in the order of a vector's numbers. */
export const nodeIds = ({ leaves, sums }: Hierarchy): string[] => [...sums.map(({ id }) => id), ...leaves];

/** By how much each sum differs from the sum of its leaves: C·y for the constraints C = [I, −A]. */
export function discrepancies({ sums }: Addition, nodes: NodeVector): Float64Array {
  const bySum = new Float64Array(sums.length);
  for (let at = 0; at < sums.length; at += 1) {
    const { parts } = sums[at]!;
    let rest = nodes[at]!;
    for (let part = 0; part < parts.length; part += 1) rest -= nodes[sums.length + parts[part]!]!;
    bySum[at] = rest;
  }
  return bySum;
}

/** C'·x: what a change of the discrepancies means for each series. */
export function spreadBack(addition: Addition, bySum: Float64Array): NodeVector {
  const { sums } = addition;
  const nodes = new Float64Array(nodeCount(addition));
  nodes.set(bySum);
  for (let at = 0; at < sums.length; at += 1) {
    const { parts } = sums[at]!;
    for (let part = 0; part < parts.length; part += 1) nodes[sums.length + parts[part]!]! -= bySum[at]!;
  }
  return nodes;
}

/** What the leaves of a sum have together, beside `first`, added up from the front. */
export function partsOf(addition: Addition, nodes: NodeVector, sum: number, first: number): number {
  const { sums } = addition;
  const { parts } = sums[sum]!;
  let all = first;
  for (let part = 0; part < parts.length; part += 1) all += nodes[sums.length + parts[part]!]!;
  return all;
}

/** The same leaves with every sum made of them anew, in place. */
export function sumUp(addition: Addition, nodes: NodeVector): NodeVector {
  for (let at = 0; at < addition.sums.length; at += 1) nodes[at] = partsOf(addition, nodes, at, 0);
  return nodes;
}
