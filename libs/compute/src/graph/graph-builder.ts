import { ComputeError } from '../compute.errors.js';
import { float32, int64, scalar } from '../tensor.js';
import type { ElementType } from '../tensor.js';
import { axisOf, broadcast, sameDims } from './dims.js';
import type { Dim } from './dims.js';
import { GraphRecorder } from './graph-recorder.js';
import type { Value } from './graph-recorder.js';
import { elementTypeCodes } from './infer.js';

/** A value of the graph, or a number that stands for a scalar constant. */
export type Term = Value | number;

/**
 * Writes a graph of ONNX operators one call a node; shapes are checked as it is written.
 * Every method throws ComputeError `bad-graph` when shapes or types do not fit.
 * @example
 * const g = new GraphBuilder('line');
 * const x = g.input('x', ['batch', 3]);
 * const y = g.matMul(x, g.parameter('w', float32([3, 1], [1, 2, 3])));
 * g.build({ y }).outputs[0].dims; // ['batch', 1]
 */
export class GraphBuilder extends GraphRecorder {
  add = (a: Term, b: Term): Value => this.node('Add', [this.term(a), this.term(b)]);
  sub = (a: Term, b: Term): Value => this.node('Sub', [this.term(a), this.term(b)]);
  mul = (a: Term, b: Term): Value => this.node('Mul', [this.term(a), this.term(b)]);
  div = (a: Term, b: Term): Value => this.node('Div', [this.term(a), this.term(b)]);
  /** `a` to the power `b`; a gradient for `b` needs `a > 0`. */
  pow = (a: Term, b: Term): Value => this.node('Pow', [this.term(a), this.term(b)]);
  max = (a: Term, b: Term): Value => this.node('Max', [this.term(a), this.term(b)]);
  min = (a: Term, b: Term): Value => this.node('Min', [this.term(a), this.term(b)]);
  greater = (a: Term, b: Term): Value => this.node('Greater', [this.term(a), this.term(b)]);
  equal = (a: Term, b: Term): Value => this.node('Equal', [this.term(a), this.term(b)]);
  where = (mask: Value, a: Term, b: Term): Value => this.node('Where', [mask, this.term(a), this.term(b)]);

  neg = (x: Value): Value => this.node('Neg', [x]);
  exp = (x: Value): Value => this.node('Exp', [x]);
  log = (x: Value): Value => this.node('Log', [x]);
  sqrt = (x: Value): Value => this.node('Sqrt', [x]);
  square = (x: Value): Value => this.node('Mul', [x, x]);
  abs = (x: Value): Value => this.node('Abs', [x]);
  sign = (x: Value): Value => this.node('Sign', [x]);
  sin = (x: Value): Value => this.node('Sin', [x]);
  cos = (x: Value): Value => this.node('Cos', [x]);
  erf = (x: Value): Value => this.node('Erf', [x]);
  relu = (x: Value): Value => this.node('Relu', [x]);
  sigmoid = (x: Value): Value => this.node('Sigmoid', [x]);
  tanh = (x: Value): Value => this.node('Tanh', [x]);
  /** log(1 + exp(x)), always positive. */
  softplus = (x: Value): Value => this.node('Softplus', [x]);
  softmax = (x: Value, axis = -1): Value => this.node('Softmax', [x], { axis });
  identity = (x: Value): Value => this.node('Identity', [x]);
  /** The runtime lengths of `x` as an int64 vector. */
  shape = (x: Value): Value => this.node('Shape', [x]);

  /** Matrix product over the last two axes, earlier axes broadcast. */
  matMul = (a: Value, b: Value): Value => this.node('MatMul', [a, b]);

  /** `a * b + c` for matrices, either transposed first. */
  gemm(a: Value, b: Value, c?: Value, options: { transA?: boolean; transB?: boolean } = {}): Value {
    const attributes = { ...(options.transA && { transA: 1 }), ...(options.transB && { transB: 1 }) };
    return this.node('Gemm', c ? [a, b, c] : [a, b], attributes);
  }

  /** Sum over `axes`, all of them when absent. */
  reduceSum = (x: Value, axes?: readonly number[], keepDims = false): Value =>
    this.reduce('ReduceSum', x, axes, keepDims);
  reduceMean = (x: Value, axes?: readonly number[], keepDims = false): Value =>
    this.reduce('ReduceMean', x, axes, keepDims);
  /** Greatest element; where several tie, the gradient is shared among them. */
  reduceMax = (x: Value, axes?: readonly number[], keepDims = false): Value =>
    this.reduce('ReduceMax', x, axes, keepDims);

  /** Axes in the order `perm`, reversed when absent. */
  transpose(x: Value, perm?: readonly number[]): Value {
    return this.node('Transpose', [x], { perm: perm ?? x.dims.map((_, axis) => x.dims.length - 1 - axis) });
  }

  /** The same elements under other dims; a named dim may be joined (`batch*24`) or split again. */
  reshape(x: Value, dims: readonly Dim[]): Value {
    if (sameDims(x.dims, dims)) return x;
    const open = dims.filter((dim, axis) => typeof dim === 'string' && dim !== x.dims[axis]);
    if (open.length > 1)
      throw new ComputeError('bad-graph', `Reshape: more than one unknown in [${dims.join(', ')}]`);
    const lengths = dims.map((dim, axis) => (typeof dim === 'number' ? dim : dim === x.dims[axis] ? 0 : -1));
    const made = this.node('Reshape', [x, this.integers(lengths)]);
    if (!sameDims(made.dims, dims))
      throw new ComputeError('bad-graph', `Reshape: no way to [${dims.join(', ')}]`);
    return made;
  }

  concat(values: readonly Value[], axis: number): Value {
    const rank = values[0]?.dims.length ?? 0;
    return values.length === 1
      ? (values[0] as Value)
      : this.node('Concat', values, { axis: axisOf(axis, rank) });
  }

  /** Elements `start <= i < end` of one axis. */
  slice(x: Value, axis: number, start: number, end: number): Value {
    const at = this.integers([axisOf(axis, x.dims.length)]);
    return this.node('Slice', [x, this.integers([start]), this.integers([end]), at]);
  }

  /** Zeros before and after one axis. */
  pad(x: Value, axis: number, before: number, after: number): Value {
    const widths = new Array<number>(2 * x.dims.length).fill(0);
    const at = axisOf(axis, x.dims.length);
    widths[at] = before;
    widths[at + x.dims.length] = after;
    return this.node('Pad', [x, this.integers(widths)]);
  }

  /** Rows of `x` along `axis` picked by int64 `indices`, each `0 <= index < length`. */
  gather(x: Value, indices: Value, axis = 0): Value {
    return this.node('Gather', [x, indices], { axis: axisOf(axis, x.dims.length) });
  }

  /** `x` repeated along axes of length 1 to `dims`, which are all numbers. */
  expand = (x: Value, dims: readonly number[]): Value => this.node('Expand', [x, this.integers(dims)]);

  /** `x` repeated to the runtime shape of `like`. */
  expandLike(x: Value, like: Value): Value {
    if (sameDims(x.dims, like.dims)) return x;
    if (!sameDims(broadcast(x.dims, like.dims), like.dims)) {
      throw new ComputeError(
        'bad-graph',
        `Expand: [${x.dims.join(', ')}] does not expand to [${like.dims.join(', ')}]`,
      );
    }
    return this.node('Expand', [x, this.shape(like)]);
  }

  cast = (x: Value, type: ElementType): Value => this.node('Cast', [x], { to: elementTypeCodes[type] });

  /** A constant int64 vector. */
  integers = (values: readonly number[]): Value => this.constant(int64([values.length], values));

  /** A constant float32 vector. */
  floats = (values: readonly number[]): Value => this.constant(float32([values.length], values));

  private term(term: Term): Value {
    return typeof term === 'number' ? this.constant(scalar(term)) : term;
  }

  private reduce(
    operator: 'ReduceSum' | 'ReduceMean' | 'ReduceMax',
    x: Value,
    axes: readonly number[] | undefined,
    keepDims: boolean,
  ): Value {
    const all =
      axes?.map((axis) => axisOf(axis, x.dims.length)).toSorted((a, b) => a - b) ??
      x.dims.map((_, axis) => axis);
    if (all.length === 0) return x;
    return this.node(operator, [x, this.integers(all)], { keepdims: keepDims ? 1 : 0 });
  }
}

export type { Value };
