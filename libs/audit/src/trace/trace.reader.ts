import { Injectable } from '@nestjs/common';
import { normalizeIdentifier } from '@tallyhouse/epcis';
import { DataSource } from 'typeorm';
import { AuditError } from '../audit.errors.js';
import { knownAsOf, NOW, type AsOf, type Known, type Queryable } from './as-of.js';
import { readEdges, type EdgeChoice, type FoundEdge } from './neighbour.repository.js';
import { readingSnapshot } from './snapshot.repository.js';
import { TraceGraph, type Trace } from './trace-graph.js';
import { follow, rulesOf, type TraceDirection, type Visit } from './walk.js';

/** How far a trace goes. */
export interface TraceBounds {
  /** Edges from the start, 0 to {@link MAX_DEPTH}. */
  readonly maxDepth: number;
  /** Nodes in all, 1 to {@link MAX_NODES}. */
  readonly maxNodes: number;
}

export const MAX_DEPTH = 50;
export const MAX_NODES = 50_000;
const MAX_STARTS = 10_000;
/** Edges of one node that are read beside one for each node that may still come. */
const MANY_EDGES = 1_000;

/** Follows goods through containers, transformations, lots and sites. */
@Injectable()
export class TraceReader {
  public constructor(private readonly dataSource: DataSource) {}

  /**
   * Traces from an item, lot, container or site, level by level, one or two statements a level. An edge is taken only
   * where the goods can have been in the node at that time; a node is visited again only where that adds something, so
   * cycles end.
   *
   * @param identifiers in any form that EPCIS allows; several are traced as one
   * @throws AuditError `TRACE_INVALID` for bounds or starts out of range
   */
  public async trace(
    identifiers: readonly string[],
    direction: TraceDirection,
    bounds: TraceBounds,
    asOf: AsOf = NOW,
  ): Promise<Trace> {
    check(identifiers, bounds);
    return readingSnapshot(this.dataSource, async (manager) =>
      walk(manager, identifiers, direction, bounds, await knownAsOf(manager, asOf)),
    );
  }
}

/** As {@link TraceReader.trace}, within a snapshot that is open. */
export async function walk(
  manager: Queryable,
  identifiers: readonly string[],
  direction: TraceDirection,
  bounds: TraceBounds,
  known: Known,
): Promise<Trace> {
  const graph = new TraceGraph(bounds.maxNodes);
  let frontier = identifiers.flatMap((uri) => graph.visit(startOf(uri), 0) ?? []);
  for (let depth = 1; frontier.length > 0; depth++) {
    if (graph.isFull) return graph.trace('NODES');
    const isBeyond = depth > bounds.maxDepth;
    const found = isBeyond ? new TraceGraph(bounds.maxNodes, graph) : graph;
    frontier = await nextLevel(manager, frontier, direction, known, found, depth);
    if (isBeyond) return graph.trace(frontier.length > 0 ? 'DEPTH' : null);
  }
  return graph.trace(graph.isFull ? 'NODES' : null);
}

async function nextLevel(
  manager: Queryable,
  frontier: readonly Visit[],
  direction: TraceDirection,
  known: Known,
  graph: TraceGraph,
  depth: number,
): Promise<Visit[]> {
  const reached: Visit[] = [];
  for (const [choice, visits] of byChoice(frontier, direction)) {
    const limit = graph.room + MANY_EDGES;
    const found = await readEdges(manager, visits, choice, known, limit);
    if (hasMore(found, limit)) graph.leaveOut();
    for (const edge of found) {
      const next = follow(direction, visits[edge.index]!, choice.side, edge);
      const visited = graph.visit(next, depth);
      if (visited) reached.push(visited);
      graph.connect(edge, next.uri);
    }
  }
  return reached;
}

function check(identifiers: readonly string[], { maxDepth, maxNodes }: TraceBounds): void {
  if (identifiers.length === 0 || identifiers.length > MAX_STARTS)
    throw new AuditError('TRACE_INVALID', `uri: ${identifiers.length} given, expected 1 to ${MAX_STARTS}`);
  const blank = identifiers.find((uri) => uri.trim() === '' || uri.length > 2_000 || uri.includes('\0'));
  if (blank !== undefined)
    throw new AuditError('TRACE_INVALID', 'uri: expected an identifier of 1 to 2,000 characters');
  if (!Number.isInteger(maxDepth) || maxDepth < 0 || maxDepth > MAX_DEPTH)
    throw new AuditError('TRACE_INVALID', `maxDepth: ${maxDepth} given, expected 0 to ${MAX_DEPTH}`);
  if (!Number.isInteger(maxNodes) || maxNodes < 1 || maxNodes > MAX_NODES)
    throw new AuditError('TRACE_INVALID', `maxNodes: ${maxNodes} given, expected 1 to ${MAX_NODES}`);
}

function startOf(identifier: string): Visit {
  return {
    ...{ uri: normalizeIdentifier(identifier), from: -Infinity, to: Infinity },
    ...{ presence: 'ITEM', certainty: 'CERTAIN' },
  };
}

/** Whether some node may have more edges than were read. */
function hasMore(found: readonly FoundEdge[], limit: number): boolean {
  let count = 0;
  return found.some((edge, position) => {
    count = found[position - 1]?.index === edge.index ? count + 1 : 1;
    return count >= limit;
  });
}

/** Visits that ask for the same edges go in one statement. */
function byChoice(frontier: readonly Visit[], direction: TraceDirection): Map<EdgeChoice, Visit[]> {
  const groups = new Map<EdgeChoice, Visit[]>();
  for (const visit of frontier) {
    for (const choice of rulesOf(direction, visit)) {
      const group = groups.get(choice);
      if (group) group.push(visit);
      else groups.set(choice, [visit]);
    }
  }
  return groups;
}
