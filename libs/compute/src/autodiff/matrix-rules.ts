import { product } from '../graph/dims.js';
import type { Dim } from '../graph/dims.js';
import type { GraphBuilder, Value } from '../graph/graph-builder.js';
import { operand, unbroadcast } from './rule.js';
import type { Rule } from './rule.js';

/** The last two axes swapped. */
function swapped(g: GraphBuilder, x: Value): Value {
  const rank = x.dims.length;
  const perm = x.dims.map((_, axis) => (axis < rank - 2 ? axis : 2 * rank - 3 - axis));
  return g.transpose(x, perm);
}

/** All axes but the last joined into one. */
function rows(g: GraphBuilder, x: Value): Value {
  return g.reshape(x, [product(x.dims.slice(0, -1)), x.dims.at(-1) as Dim]);
}

const matMul: Rule = (context) => {
  const { g, slope } = context;
  const [a, b] = [operand(context, 0), operand(context, 1)];
  if (b.dims.length > 2) {
    return [
      () => unbroadcast(g, g.matMul(slope, swapped(g, b)), a.dims),
      () => unbroadcast(g, g.matMul(swapped(g, a), slope), b.dims),
    ];
  }
  // One weight matrix for all rows: two plain products, never a gradient for each batch entry.
  return [
    () =>
      a.dims.length === 2 ? g.gemm(slope, b, undefined, { transB: true }) : g.matMul(slope, swapped(g, b)),
    () => g.gemm(rows(g, a), rows(g, slope), undefined, { transA: true }),
  ];
};

const gemm: Rule = (context) => {
  const { g, slope, node } = context;
  const [a, b] = [operand(context, 0), operand(context, 1)];
  const [transA, transB] = [node.attributes['transA'] === 1, node.attributes['transB'] === 1];
  return [
    () =>
      transA
        ? g.gemm(b, slope, undefined, { transA: transB, transB: true })
        : g.gemm(slope, b, undefined, { transB: !transB }),
    () =>
      transB
        ? g.gemm(slope, a, undefined, { transA: true, transB: transA })
        : g.gemm(a, slope, undefined, { transA: !transA }),
    () => unbroadcast(g, slope, operand(context, 2).dims),
  ];
};

/** Gradients of matrix products. */
export const matrixRules = { MatMul: matMul, Gemm: gemm } satisfies Record<string, Rule>;
