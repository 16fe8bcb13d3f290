import { Bindings, countsAsOf, type Known, type Queryable } from './as-of.js';
import { EVERYTHING, type EdgeKind } from './edge.js';

/** A node whose edges are wanted, and the time for which they are; milliseconds since 1970, or infinite. */
export interface Reach {
  readonly uri: string;
  readonly from: number;
  readonly to: number;
}

/** An edge with its validity: an instant, or for containment from a time to another. */
export interface Edge {
  readonly kind: EdgeKind;
  readonly source: string;
  readonly target: string;
  readonly byClass: boolean;
  readonly quantity: number | null;
  readonly uom: string | null;
  readonly validFrom: Date;
  /** Null for what still holds, and for what happens at an instant. */
  readonly validTo: Date | null;
  readonly eventId: string;
}

/** An edge, and for which of the nodes asked about it was found. */
export interface FoundEdge extends Edge {
  readonly index: number;
}

export type Side = 'source' | 'target';

/** Edges of some kinds on one side of a node. */
export interface EdgeChoice {
  readonly side: Side;
  readonly kinds: readonly EdgeKind[];
}

/**
 * Edges of given kinds that leave (`source`) or reach (`target`) each node and hold at some moment of its reach, oldest
 * first, at most `limit` a node; one statement for all nodes.
 */
export async function readEdges(
  manager: Queryable,
  nodes: readonly Reach[],
  { side, kinds }: EdgeChoice,
  known: Known,
  limit: number,
): Promise<FoundEdge[]> {
  if (nodes.length === 0) return [];
  const bindings = new Bindings();
  return manager.query(edgesSql(nodes, { side, kinds }, known, limit, bindings), bindings.values);
}

/** The statement of {@link readEdges}; its plan is kept in experiments/trace-depth. */
export function edgesSql(
  nodes: readonly Reach[],
  { side, kinds }: EdgeChoice,
  known: Known,
  limit: number,
  bindings: Bindings,
): string {
  const uris = bindings.bind(nodes.map(({ uri }) => uri));
  const froms = bindings.bind(nodes.map(({ from }) => timestamp(from)));
  const tos = bindings.bind(nodes.map(({ to }) => timestamp(to)));
  const wanted = bindings.bind(kinds);
  const counts = (alias: string): string => countsAsOf(known, alias, bindings);
  return `
    SELECT (n.ordinality - 1)::integer AS index, e.kind, e.source, e.target, e.by_class AS "byClass",
      e.quantity::double precision AS quantity, e.uom, e.at AS "validFrom", e.until AS "validTo",
      e.event_id AS "eventId"
    FROM unnest(${uris}::text[], ${froms}::timestamptz[], ${tos}::timestamptz[])
      WITH ORDINALITY AS n (uri, reach_from, reach_to, ordinality)
    CROSS JOIN LATERAL (
      SELECT edge.*, ended.until FROM edge
      LEFT JOIN LATERAL (${endOf(counts('later'), counts('emptied'))}) ended
        ON edge.kind IN ('AGGREGATION', 'ASSOCIATION')
      WHERE edge.${side} = n.uri AND edge.kind = ANY(${wanted}::text[]) AND edge.action <> 'DELETE'
        AND edge.at <= n.reach_to AND ${counts('edge')}
        AND CASE WHEN edge.kind IN ('AGGREGATION', 'ASSOCIATION')
          THEN ended.until IS NULL OR ended.until > n.reach_from ELSE edge.at >= n.reach_from END
      ORDER BY edge.at, edge.seq, edge.ordinal LIMIT ${bindings.bind(limit)}
    ) e
    ORDER BY n.ordinality, e.at, e.seq, e.ordinal`;
}

/**
 * When a containment ends: with the first later statement that takes the child out of that container, that puts it into
 * another one (a serial is in one place at a time, so the way out was not read), or that empties the container. Of a
 * lot, a part taken out leaves the rest inside.
 */
function endOf(laterCounts: string, emptiedCounts: string): string {
  return `
    SELECT min(at) AS until FROM (
      (SELECT later.at FROM edge later
        WHERE later.source = edge.source AND (later.at, later.seq) > (edge.at, edge.seq) AND later.kind = edge.kind
          AND CASE WHEN later.action = 'DELETE' THEN later.target = edge.target
            AND (NOT edge.by_class OR later.quantity IS NULL OR edge.quantity IS NULL OR later.quantity >= edge.quantity)
            ELSE later.target <> edge.target AND NOT edge.by_class END
          AND ${laterCounts}
        ORDER BY later.at, later.seq LIMIT 1)
      UNION ALL
      (SELECT emptied.at FROM edge emptied
        WHERE emptied.source = '${EVERYTHING}' AND emptied.target = edge.target AND emptied.kind = edge.kind
          AND (emptied.at, emptied.seq) > (edge.at, edge.seq) AND ${emptiedCounts}
        ORDER BY emptied.at, emptied.seq LIMIT 1)
    ) ends`;
}

function timestamp(milliseconds: number): string {
  if (milliseconds === Infinity) return 'infinity';
  return milliseconds === -Infinity ? '-infinity' : new Date(milliseconds).toISOString();
}
