import { axisOf, broadcast, product, quotient, showDims } from './dims.js';
import type { Dim } from './dims.js';
import { constantOf, floatInputs, integersOf, listOf, refuse } from './operand.js';
import type { Inference } from './operand.js';

const transpose: Inference = ([x], attributes) => {
  const perm = listOf(attributes, 'perm');
  if (
    perm.length !== x.dims.length ||
    new Set(perm.map((axis) => axisOf(axis, perm.length))).size !== perm.length
  ) {
    refuse(`perm [${perm.join(', ')}] is no permutation of ${x.dims.length} axes`);
  }
  return { type: x.type, dims: perm.map((axis) => x.dims[axis] as Dim) };
};

const reshape: Inference = ([x, shape]) => {
  const wanted = constantOf(shape, 'the shape');
  const dims = wanted.map((dim, axis) => (dim === 0 ? (x.dims[axis] ?? refuse('0 copies no axis')) : dim));
  const open = dims.indexOf(-1);
  if (open >= 0) {
    const rest = dims.filter((_, axis) => axis !== open);
    if (rest.includes(-1)) refuse('a shape holds at most one -1');
    dims[open] =
      quotient(x.dims, rest) ?? refuse(`${showDims(x.dims)} does not reshape to ${showDims(wanted)}`);
  }
  if (product(dims) !== product(x.dims)) refuse(`${showDims(x.dims)} does not reshape to ${showDims(dims)}`);
  return { type: x.type, dims };
};

const concat: Inference = (operands, attributes) => {
  const [first] = operands;
  const axis = axisOf(Number(attributes['axis']), first.dims.length);
  for (const { type, dims } of operands) {
    const fits =
      dims.length === first.dims.length && dims.every((dim, at) => at === axis || dim === first.dims[at]);
    if (!fits || type !== first.type) {
      refuse(`${showDims(dims)} does not join ${showDims(first.dims)} along axis ${axis}`);
    }
  }
  const lengths = operands.map(({ dims }) => dims[axis] as Dim);
  if (operands.length > 1 && lengths.some((length) => typeof length === 'string')) {
    refuse(`the joined axis ${axis} has a named length`);
  }
  const joined =
    operands.length === 1 ? (lengths[0] as Dim) : lengths.reduce<number>((sum, n) => sum + Number(n), 0);
  return { type: first.type, dims: first.dims.map((dim, at) => (at === axis ? joined : dim)) };
};

const slice: Inference = ([x, starts, ends, axes]) => {
  const dims = [...x.dims];
  const [from, to] = [integersOf(starts, 'starts'), integersOf(ends, 'ends')];
  integersOf(axes, 'axes').forEach((given, at) => {
    const axis = axisOf(given, dims.length);
    const length = x.dims[axis] as Dim;
    const [start, end] = [from[at] ?? -1, to[at] ?? -1];
    if (typeof length === 'string')
      refuse(`axis ${axis} has the named length '${length}' and cannot be sliced`);
    else if (start < 0 || end > length || start >= end)
      refuse(`[${start}, ${end}) is no range of axis ${axis}, length ${length}`);
    dims[axis] = end - start;
  });
  return { type: x.type, dims };
};

const pad: Inference = ([x, pads]) => {
  const widths = integersOf(pads, 'pads');
  const rank = x.dims.length;
  if (widths.length !== 2 * rank || widths.some((width) => width < 0))
    refuse('pads are two non-negative lengths an axis');
  const dims = x.dims.map((dim, axis) => {
    const added = (widths[axis] as number) + (widths[axis + rank] as number);
    if (added > 0 && typeof dim === 'string')
      refuse(`axis ${axis} has the named length '${dim}' and cannot be padded`);
    return added > 0 ? Number(dim) + added : dim;
  });
  return { type: x.type, dims };
};

const gather: Inference = ([x, indices], attributes) => {
  if (indices.type !== 'int64') refuse(`indices are int64, not ${indices.type}`);
  const axis = axisOf(Number(attributes['axis']), x.dims.length);
  return { type: x.type, dims: [...x.dims.slice(0, axis), ...indices.dims, ...x.dims.slice(axis + 1)] };
};

const reduce: Inference = (operands, attributes) => {
  floatInputs(operands.slice(0, 1));
  const [x, axes] = operands;
  const reduced = new Set(integersOf(axes, 'axes').map((axis) => axisOf(axis, x.dims.length)));
  const keep = attributes['keepdims'] === 1;
  const dims = x.dims.flatMap((dim, axis): Dim[] => (!reduced.has(axis) ? [dim] : keep ? [1] : []));
  return { type: 'float32', dims };
};

const shapeOf: Inference = ([x]) => ({ type: 'int64', dims: [x.dims.length], content: x.dims });

const expand: Inference = ([x, shape]) => ({
  type: x.type,
  dims: broadcast(x.dims, constantOf(shape, 'the shape')),
});

/** Result types of operators that move, join, repeat or fold elements. */
export const shapeOperators = {
  Transpose: transpose,
  Reshape: reshape,
  Concat: concat,
  Slice: slice,
  Pad: pad,
  Gather: gather,
  Expand: expand,
  Shape: shapeOf,
  ReduceSum: reduce,
  ReduceMean: reduce,
  ReduceMax: reduce,
} satisfies Record<string, Inference>;
