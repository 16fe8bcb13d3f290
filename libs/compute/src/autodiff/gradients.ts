import { ComputeError } from '../compute.errors.js';
import type { GraphBuilder } from '../graph/graph-builder.js';
import type { RecordedNode, Value } from '../graph/graph-recorder.js';
import { rules } from './rules.js';

/** Values that `roots` move smoothly; steps and comparisons are flat almost everywhere, so nothing flows past them. */
function dependents(nodes: readonly RecordedNode[], roots: readonly Value[]): Set<string> {
  const moving = new Set(roots.map(({ name }) => name));
  for (const { operator, operands, result } of nodes) {
    if (rules[operator] && operands.some(({ name }) => moving.has(name))) moving.add(result.name);
  }
  return moving;
}

/**
 * Nodes that compute d`loss`/d`value` for each of `values`, appended to the builder (reverse mode).
 * A value that the loss does not depend on gets zeros, and so does one behind Sign or a comparison. Kinks (Relu,
 * Abs, Max, Min) take one side's slope.
 * @throws ComputeError `no-gradient` when the loss is no scalar, or a Gather picks along a named axis
 * @example
 * const w = g.parameter('w', scalar(3));
 * const [slope] = gradients(g, g.square(w), [w]); // a value that runs to 6
 */
export function gradients(g: GraphBuilder, loss: Value, values: readonly Value[]): Value[] {
  if (loss.dims.length > 0 || loss.type !== 'float32') {
    throw new ComputeError(
      'no-gradient',
      `a loss is a float32 scalar, not ${loss.type} [${loss.dims.join(', ')}]`,
    );
  }
  const nodes = [...g.nodes];
  const moving = dependents(nodes, values);
  const slopes = new Map<string, Value>([
    [loss.name, g.constant({ type: 'float32', dims: [], data: Float32Array.of(1) })],
  ]);
  for (const node of nodes.toReversed()) {
    const slope = slopes.get(node.result.name);
    if (slope && moving.has(node.result.name)) propagate(g, node, slope, moving, slopes);
  }
  return values.map((value) => slopes.get(value.name) ?? g.mul(value, 0));
}

function propagate(
  g: GraphBuilder,
  node: RecordedNode,
  slope: Value,
  moving: ReadonlySet<string>,
  slopes: Map<string, Value>,
): void {
  const parts = rules[node.operator]?.({ g, node, slope, result: node.result });
  node.operands.forEach((operand, at) => {
    if (!moving.has(operand.name) || operand.type !== 'float32') return;
    const part = parts?.[at];
    if (!part) throw new ComputeError('no-gradient', `${node.operator} gives no gradient for operand ${at}`);
    const before = slopes.get(operand.name);
    slopes.set(operand.name, before ? g.add(before, part()) : part());
  });
}
