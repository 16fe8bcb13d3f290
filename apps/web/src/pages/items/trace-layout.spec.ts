import { describe, expect, it } from '@jest/globals';
import type { TraceEdge, TraceNode } from '../../network/audit-types.js';
import { layOut } from './trace-layout.js';

const node = (uri: string, depth: number): TraceNode => ({
  uri,
  depth,
  presence: 'ITEM',
  certainty: 'CERTAIN',
});
const edge = (source: string, target: string): TraceEdge => ({
  ...{ kind: 'INPUT', source, target, quantity: null, uom: null, validFrom: '', validTo: null, eventId: 'e' },
});

describe('the drawing of a trace', () => {
  it('gives each node a place of its own, further right the further from the start', () => {
    const { nodes, lines, width, height } = layOut(
      [node('a', 0), node('b', 1), node('c', 1)],
      [edge('a', 'b'), edge('a', 'c'), edge('a', 'not there')],
    );
    expect(new Set(nodes.map(({ x, y }) => `${x} ${y}`)).size).toBe(3);
    expect(nodes[1]!.x).toBeGreaterThan(nodes[0]!.x);
    expect(lines).toHaveLength(2);
    expect(Math.max(...nodes.map(({ x }) => x))).toBeLessThan(width);
    expect(Math.max(...nodes.map(({ y }) => y))).toBeLessThan(height);
  });

  it('is drawn for a trace of nothing but its start', () => {
    expect(layOut([node('a', 0)], []).nodes).toHaveLength(1);
  });
});
