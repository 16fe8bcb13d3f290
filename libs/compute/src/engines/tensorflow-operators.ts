import type * as Tensorflow from '@tensorflow/tfjs';
import { broadcast } from '../graph/dims.js';
import type { Attributes, Operator } from '../graph/graph.js';

export type Tf = typeof Tensorflow;
export type TfTensor = Tensorflow.Tensor;

/** A value while a graph is interpreted; short integer vectors are known here too, without a read-back. */
export interface TfValue {
  readonly tensor: TfTensor;
  readonly integers?: readonly number[];
}

export interface TfCall {
  readonly tf: Tf;
  readonly x: TfTensor;
  readonly y: TfTensor;
  readonly operands: readonly TfValue[];
  readonly attributes: Attributes;
}

type TfOperator = (call: TfCall) => TfTensor;

function integersAt({ operands }: TfCall, at: number): number[] {
  return [...(operands[at]?.integers ?? [])];
}

/** A product with transposes of its own before it: the flags of tf.matMul are some twenty times slower on wasm. */
function gemm({ tf, x, y, operands, attributes }: TfCall): TfTensor {
  const a = attributes['transA'] ? tf.transpose(x) : x;
  const b = attributes['transB'] ? tf.transpose(y) : y;
  const c = operands[2]?.tensor;
  const made = tf.matMul(a, b);
  return c ? tf.add(made, c) : made;
}

/** Many rows by one matrix are one plain product. */
function matMul({ tf, x, y }: TfCall): TfTensor {
  if (x.rank === 2 || y.rank > 2) return tf.matMul(x, y);
  const [inner, width] = y.shape as [number, number];
  return tf.reshape(tf.matMul(tf.reshape(x, [-1, inner]), y), [...x.shape.slice(0, -1), width]);
}

function slice(call: TfCall): TfTensor {
  const begin = call.x.shape.map(() => 0);
  const size = [...call.x.shape];
  const [starts, ends] = [integersAt(call, 1), integersAt(call, 2)];
  integersAt(call, 3).forEach((axis, at) => {
    begin[axis] = starts[at] as number;
    size[axis] = (ends[at] as number) - (starts[at] as number);
  });
  return call.tf.slice(call.x, begin, size);
}

function pad(call: TfCall): TfTensor {
  const widths = integersAt(call, 1);
  const { rank } = call.x;
  return call.tf.pad(
    call.x,
    call.x.shape.map((_, axis) => [widths[axis] as number, widths[axis + rank] as number]),
  );
}

function reshape(call: TfCall): TfTensor {
  return call.tf.reshape(
    call.x,
    integersAt(call, 1).map((dim, axis) => (dim === 0 ? (call.x.shape[axis] as number) : dim)),
  );
}

function expand(call: TfCall): TfTensor {
  return call.tf.broadcastTo(call.x, broadcast(call.x.shape, integersAt(call, 1)).map(Number));
}

function cast({ tf, x, attributes }: TfCall): TfTensor {
  return tf.cast(x, attributes['to'] === 1 ? 'float32' : attributes['to'] === 7 ? 'int32' : 'bool');
}

/** Softmax over any axis; tfjs has the last one only. */
function softmax({ tf, x, attributes }: TfCall): TfTensor {
  const axis = (Number(attributes['axis']) + x.rank) % x.rank;
  if (axis === x.rank - 1) return tf.softmax(x);
  const raised = tf.exp(tf.sub(x, tf.max(x, axis, true)));
  return tf.div(raised, tf.sum(raised, axis, true));
}

function reducer(fold: 'sum' | 'mean' | 'max'): TfOperator {
  return (call) => call.tf[fold](call.x, integersAt(call, 1), call.attributes['keepdims'] === 1);
}

/** Each operator of our graphs as tfjs calls; `x` and `y` are the first two operands. */
export const tensorflowOperators: Readonly<Record<Operator, TfOperator>> = {
  Abs: ({ tf, x }) => tf.abs(x),
  Add: ({ tf, x, y }) => tf.add(x, y),
  Cast: cast,
  Concat: ({ tf, operands, attributes }) =>
    tf.concat(
      operands.map(({ tensor }) => tensor),
      Number(attributes['axis']),
    ),
  Cos: ({ tf, x }) => tf.cos(x),
  Div: ({ tf, x, y }) => tf.div(x, y),
  Equal: ({ tf, x, y }) => tf.equal(x, y),
  Erf: ({ tf, x }) => tf.erf(x),
  Exp: ({ tf, x }) => tf.exp(x),
  Expand: expand,
  Gather: ({ tf, x, y, attributes }) => tf.gather(x, y as Tensorflow.Tensor1D, Number(attributes['axis'])),
  Gemm: gemm,
  Greater: ({ tf, x, y }) => tf.greater(x, y),
  Identity: ({ tf, x }) => tf.clone(x),
  Log: ({ tf, x }) => tf.log(x),
  MatMul: matMul,
  Max: ({ tf, x, y }) => tf.maximum(x, y),
  Min: ({ tf, x, y }) => tf.minimum(x, y),
  Mul: ({ tf, x, y }) => tf.mul(x, y),
  Neg: ({ tf, x }) => tf.neg(x),
  Pad: pad,
  Pow: ({ tf, x, y }) => tf.pow(x, y),
  ReduceMax: reducer('max'),
  ReduceMean: reducer('mean'),
  ReduceSum: reducer('sum'),
  Relu: ({ tf, x }) => tf.relu(x),
  Reshape: reshape,
  Shape: ({ tf, x }) => tf.tensor1d(x.shape, 'int32'),
  Sigmoid: ({ tf, x }) => tf.sigmoid(x),
  Sign: ({ tf, x }) => tf.sign(x),
  Sin: ({ tf, x }) => tf.sin(x),
  Slice: slice,
  Softmax: softmax,
  Softplus: ({ tf, x }) => tf.softplus(x),
  Sqrt: ({ tf, x }) => tf.sqrt(x),
  Sub: ({ tf, x, y }) => tf.sub(x, y),
  Tanh: ({ tf, x }) => tf.tanh(x),
  Transpose: ({ tf, x, attributes }) => tf.transpose(x, [...(attributes['perm'] as readonly number[])]),
  Where: ({ tf, x, y, operands }) => tf.where(x, y, operands[2]?.tensor as TfTensor),
};
