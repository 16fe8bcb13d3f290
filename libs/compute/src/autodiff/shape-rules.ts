import { ComputeError } from '../compute.errors.js';
import { product } from '../graph/dims.js';
import type { Dim } from '../graph/dims.js';
import type { GraphBuilder, Value } from '../graph/graph-builder.js';
import { listOf } from '../graph/operand.js';
import { int64 } from '../tensor.js';
import { operand, unbroadcast } from './rule.js';
import type { Rule, RuleContext } from './rule.js';

function axesOf(context: RuleContext, at: number): number[] {
  return (operand(context, at).content ?? []).map(Number);
}

/** The result of a reduction (or its gradient) with the reduced axes back as length 1. */
function restored(context: RuleContext, value: Value): Value {
  const reduced = new Set(axesOf(context, 1));
  const dims = operand(context, 0).dims.map((dim, axis) => (reduced.has(axis) ? 1 : dim));
  return context.g.reshape(value, dims);
}

/** How many elements were folded into one: a number, or a value where a named dim is among them. */
function foldedCount(context: RuleContext): number | Value {
  const { g } = context;
  const x = operand(context, 0);
  const axes = axesOf(context, 1);
  const named = axes.filter((axis) => typeof x.dims[axis] === 'string');
  const known = axes.reduce((count, axis) => count * (named.includes(axis) ? 1 : Number(x.dims[axis])), 1);
  return named.reduce<number | Value>((count, axis) => {
    const length = g.cast(g.gather(g.shape(x), g.constant(int64([], [axis]))), 'float32');
    return count === 1 ? length : g.mul(length, count);
  }, known);
}

const reduceSum: Rule = (context) => [
  () => context.g.expandLike(restored(context, context.slope), operand(context, 0)),
];

const reduceMean: Rule = (context) => [
  () => {
    const share = context.g.div(restored(context, context.slope), foldedCount(context));
    return context.g.expandLike(share, operand(context, 0));
  },
];

const reduceMax: Rule = (context) => [
  () => {
    const { g, slope, result } = context;
    const x = operand(context, 0);
    const hit = g.cast(g.equal(x, restored(context, result)), 'float32');
    const ties = g.reduceSum(hit, axesOf(context, 1), true);
    return g.mul(hit, g.div(restored(context, slope), ties));
  },
];

const transpose: Rule = (context) => [
  () => {
    const perm = listOf(context.node.attributes, 'perm');
    return context.g.transpose(
      context.slope,
      perm.map((_, axis) => perm.indexOf(axis)),
    );
  },
];

const concat: Rule = (context) => {
  const { g, slope, node } = context;
  const axis = Number(node.attributes['axis']);
  let end = 0;
  return node.operands.map(({ dims }) => {
    const start = end;
    end += Number(dims[axis]);
    const stop = end;
    return () => g.slice(slope, axis, start, stop);
  });
};

const slice: Rule = (context) => [
  () => {
    const x = operand(context, 0);
    const [starts, ends] = [axesOf(context, 1), axesOf(context, 2)];
    return axesOf(context, 3).reduce((slope, axis, at) => {
      const after = Number(x.dims[axis]) - (ends[at] as number);
      return context.g.pad(slope, axis, starts[at] as number, after);
    }, context.slope);
  },
];

const pad: Rule = (context) => [
  () => {
    const x = operand(context, 0);
    const widths = axesOf(context, 1);
    return x.dims.reduce<Value>((slope, dim, axis) => {
      const before = widths[axis] as number;
      const padded = before + (widths[axis + x.dims.length] as number) > 0;
      return padded ? context.g.slice(slope, axis, before, before + Number(dim)) : slope;
    }, context.slope);
  },
];

/** 1 where index r is row v: [indices, rows]. A dense product with it adds up rows on every engine alike. */
function oneHot(g: GraphBuilder, indices: Value, length: number): Value {
  const flat = g.reshape(indices, [product(indices.dims), 1]);
  const all = g.constant(
    int64(
      [1, length],
      Array.from({ length }, (_, row) => row),
    ),
  );
  return g.cast(g.equal(flat, all), 'float32');
}

const gather: Rule = (context) => [
  () => {
    const { g, slope, node } = context;
    const [x, indices] = [operand(context, 0), operand(context, 1)];
    const axis = Number(node.attributes['axis']);
    const length = x.dims[axis] as Dim;
    if (typeof length === 'string')
      throw new ComputeError('no-gradient', 'Gather along a named axis has no gradient');
    const rest = x.dims.filter((_, at) => at !== axis);
    const flat = g.reshape(slope, [
      ...x.dims.slice(0, axis),
      product(indices.dims),
      ...x.dims.slice(axis + 1),
    ]);
    const others = x.dims.flatMap((_, at) => (at === axis ? [] : [at]));
    const moved = g.reshape(g.transpose(flat, [...others, axis]), [product(rest), product(indices.dims)]);
    const added = g.reshape(g.matMul(moved, oneHot(g, indices, length)), [...rest, length]);
    const back = x.dims.map((_, at) => (at === axis ? rest.length : at < axis ? at : at - 1));
    return g.transpose(added, back);
  },
];

/** Gradients of operators that move, join, repeat or fold elements. */
export const shapeRules = {
  ReduceSum: reduceSum,
  ReduceMean: reduceMean,
  ReduceMax: reduceMax,
  Transpose: transpose,
  Reshape: (context) => [() => context.g.reshape(context.slope, operand(context, 0).dims)],
  Expand: (context) => [() => unbroadcast(context.g, context.slope, operand(context, 0).dims)],
  Concat: concat,
  Slice: slice,
  Pad: pad,
  Gather: gather,
} satisfies Record<string, Rule>;
