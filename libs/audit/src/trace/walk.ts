import type { EdgeKind } from './edge.js';
import type { Edge, EdgeChoice, Reach, Side } from './neighbour.repository.js';

/** Towards what became of goods, or towards where they came from. */
export type TraceDirection = 'FORWARD' | 'BACKWARD';

/** Whether the goods traced are in a node for sure, or only a lot that they cannot be told apart from. */
export type Certainty = 'CERTAIN' | 'POSSIBLE';

/**
 * How the goods traced are in a node: they are the node; they are inside it; they are a portion of a lot that has more
 * portions; they went through it (a transformation); or they were there (a site, where a trace ends).
 */
export type Presence = 'ITEM' | 'HOLDER' | 'PORTION' | 'PROCESS' | 'PLACE';

/** The goods traced in one node over a time. */
export interface Visit extends Reach {
  readonly presence: Presence;
  readonly certainty: Certainty;
}

const UP = ['AGGREGATION', 'ASSOCIATION'] as const;

/** What is inside a container, and a portion that cannot be told from others, goes where that goes. */
const CARRIED: readonly EdgeChoice[] = [
  { side: 'source', kinds: [...UP, 'INPUT', 'DESTINATION', 'ARRIVAL'] },
];

/** Which edges lead on from a node, by direction and presence. Neighbours in a container are not of the same goods. */
const RULES: Readonly<Record<TraceDirection, Readonly<Record<Presence, readonly EdgeChoice[]>>>> = {
  FORWARD: {
    ITEM: [
      { side: 'source', kinds: [...UP, 'INPUT', 'LOT', 'DEPARTURE', 'DESTINATION', 'ARRIVAL'] },
      { side: 'target', kinds: UP },
    ],
    HOLDER: CARRIED,
    PORTION: CARRIED,
    PROCESS: [{ side: 'source', kinds: ['OUTPUT'] }],
    PLACE: [],
  },
  BACKWARD: {
    ITEM: [
      { side: 'target', kinds: [...UP, 'OUTPUT', 'LOT', 'DEPARTURE', 'ARRIVAL'] },
      { side: 'source', kinds: UP },
    ],
    HOLDER: [
      { side: 'source', kinds: UP },
      { side: 'target', kinds: ['OUTPUT', 'DEPARTURE'] },
    ],
    PORTION: [{ side: 'target', kinds: ['OUTPUT', 'LOT'] }],
    PROCESS: [{ side: 'target', kinds: ['INPUT'] }],
    PLACE: [],
  },
};

/** Which edges to read for a visit. */
export function rulesOf(direction: TraceDirection, { presence }: Visit): readonly EdgeChoice[] {
  return RULES[direction][presence];
}

/** Where an edge leads from a visit, and for which time the goods can be there. */
export function follow(direction: TraceDirection, visit: Visit, side: Side, edge: Edge): Visit {
  const { certainty } = visit;
  const uri = side === 'source' ? edge.target : edge.source;
  const at = edge.validFrom.getTime();
  const isForward = direction === 'FORWARD';
  switch (edge.kind) {
    case 'AGGREGATION':
    case 'ASSOCIATION': {
      const from = Math.max(visit.from, at);
      const to = Math.min(visit.to, edge.validTo?.getTime() ?? Infinity);
      if (side === 'source') return { uri, from, to, presence: 'HOLDER', certainty: beyond(visit) };
      return { uri, ...onward(isForward, from, to), presence: edge.byClass ? 'PORTION' : 'ITEM', certainty };
    }
    case 'INPUT':
    case 'OUTPUT':
      return { uri, ...throughProcess(isForward, side, edge.kind, at), certainty: beyond(visit) };
    case 'LOT':
      if (isForward) return { uri, ...onward(true, at, at), presence: 'ITEM', certainty };
      return { uri, ...onward(false, at, at), presence: 'PORTION', certainty };
    default: {
      // From a site lead what left it (forward) and what came to it (backward); to a site leads any other way.
      const beginsAtSite = edge.kind === (isForward ? 'DEPARTURE' : 'ARRIVAL');
      if (beginsAtSite) return { uri, ...onward(isForward, at, at), presence: 'ITEM', certainty };
      return { uri, from: at, to: at, presence: 'PLACE', certainty: beyond(visit) };
    }
  }
}

/** What holds of one portion of a lot need not hold of another. */
function beyond({ presence, certainty }: Visit): Certainty {
  return presence === 'PORTION' ? 'POSSIBLE' : certainty;
}

/** All inputs of a transformation may be in all its outputs, in whatever order its parts were reported. */
function throughProcess(
  isForward: boolean,
  side: Side,
  kind: EdgeKind,
  at: number,
): Pick<Visit, 'from' | 'to' | 'presence'> {
  const entersProcess = (kind === 'INPUT') === (side === 'source');
  if (entersProcess) return { from: -Infinity, to: Infinity, presence: 'PROCESS' };
  return { ...onward(isForward, at, at), presence: 'ITEM' };
}

/** Goods that come into a thing are in it from then on; seen backward, they were in it until then. */
function onward(isForward: boolean, from: number, to: number): { from: number; to: number } {
  return isForward ? { from, to: Infinity } : { from: -Infinity, to };
}

/** Whether all that follows from `one` follows from `other` too. */
export function isCovered(one: Visit, other: Visit): boolean {
  return (
    COVERS[other.presence].includes(one.presence) &&
    (other.certainty === 'CERTAIN' || one.certainty === 'POSSIBLE') &&
    other.from <= one.from &&
    other.to >= one.to
  );
}

const COVERS: Readonly<Record<Presence, readonly Presence[]>> = {
  ITEM: ['ITEM', 'HOLDER', 'PORTION', 'PLACE'],
  HOLDER: ['HOLDER'],
  PORTION: ['PORTION'],
  PROCESS: ['PROCESS'],
  PLACE: ['PLACE'],
};
