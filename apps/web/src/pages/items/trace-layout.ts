import type { TraceEdge, TraceNode } from '../../network/audit-types.js';

export interface Placed extends TraceNode {
  x: number;
  y: number;
}

export interface TraceLayout {
  width: number;
  height: number;
  nodes: Placed[];
  lines: { key: string; from: Placed; to: Placed; kind: string }[];
}

const COLUMN = 150;
const ROW = 26;
const MARGIN = 14;

/** Columns by distance from the start, rows in the order of the answer; so the drawing is the same each time. */
export function layOut(nodes: readonly TraceNode[], edges: readonly TraceEdge[]): TraceLayout {
  const filled: number[] = [];
  const placed = nodes.map((node) => {
    const row = filled[node.depth] ?? 0;
    filled[node.depth] = row + 1;
    return { ...node, x: MARGIN + node.depth * COLUMN, y: MARGIN + row * ROW };
  });
  const byUri = new Map(placed.map((node) => [node.uri, node]));
  const lines = edges.flatMap((edge) => {
    const [from, to] = [byUri.get(edge.source), byUri.get(edge.target)];
    const key = `${edge.eventId} ${edge.kind} ${edge.source} ${edge.target}`;
    return from && to ? [{ key, from, to, kind: edge.kind }] : [];
  });
  return {
    width: MARGIN * 2 + Math.max(0, filled.length - 1) * COLUMN + COLUMN,
    height: MARGIN * 2 + Math.max(1, ...filled.map((rows) => rows ?? 0)) * ROW,
    nodes: placed,
    lines,
  };
}
