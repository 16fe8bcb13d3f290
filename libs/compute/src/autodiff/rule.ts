import type { GraphBuilder } from '../graph/graph-builder.js';
import type { RecordedNode, Value } from '../graph/graph-recorder.js';
import type { Dim } from '../graph/dims.js';

export interface RuleContext {
  readonly g: GraphBuilder;
  readonly node: RecordedNode;
  /** d loss / d result, with the result's dims. */
  readonly slope: Value;
  readonly result: Value;
}

/** One thunk an operand: only gradients that are wanted get nodes; undefined where there is no slope. */
export type Rule = (context: RuleContext) => readonly ((() => Value) | undefined)[];

/** The operand at `at`, which inference has shown to be there. */
export function operand({ node }: RuleContext, at: number): Value {
  return node.operands[at] as Value;
}

/** Sums a gradient over the axes that broadcasting repeated, so that it has the operand's dims. */
export function unbroadcast(g: GraphBuilder, slope: Value, dims: readonly Dim[]): Value {
  const lead = slope.dims.length - dims.length;
  const repeated = slope.dims.flatMap((dim, axis) =>
    axis < lead || (dims[axis - lead] === 1 && dim !== 1) ? [axis] : [],
  );
  if (repeated.length === 0) return slope;
  if (repeated.length === lead && repeated.every((axis) => axis < lead)) return g.reduceSum(slope, repeated);
  return g.reshape(g.reduceSum(slope, repeated, true), dims);
}
