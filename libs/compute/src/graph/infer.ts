import { ComputeError, reasonOf } from '../compute.errors.js';
import type { ElementType } from '../tensor.js';
import { axisOf, broadcast, sameDims, showDims } from './dims.js';
import type { Dim } from './dims.js';
import type { Attributes, Operator } from './graph.js';
import { shapeOperators } from './infer-shape-operators.js';
import { floatInputs, refuse } from './operand.js';
import type { Inference, Operand, Operands } from './operand.js';

/** ONNX numbers of the element types, as `Cast` and the file format use them. */
export const elementTypeCodes: Readonly<Record<ElementType, number>> = { float32: 1, int64: 7, bool: 9 };

export function elementTypeOf(code: number): ElementType | undefined {
  return (Object.keys(elementTypeCodes) as ElementType[]).find((type) => elementTypeCodes[type] === code);
}

const unary: Inference = (operands) => {
  floatInputs(operands);
  return { type: 'float32', dims: operands[0].dims };
};

const binary: Inference = (operands) => {
  floatInputs(operands);
  return { type: 'float32', dims: broadcast(operands[0].dims, operands[1].dims) };
};

const comparison: Inference = ([a, b]) => {
  if (a.type !== b.type || a.type === 'bool') refuse(`cannot compare ${a.type} with ${b.type}`);
  return { type: 'bool', dims: broadcast(a.dims, b.dims) };
};

const matMul: Inference = (operands) => {
  floatInputs(operands);
  const [a, b] = operands;
  const inner = b.dims.at(-2);
  if (a.dims.length < 2 || b.dims.length < 2 || a.dims.at(-1) !== inner) {
    refuse(`${showDims(a.dims)} by ${showDims(b.dims)} is no matrix product`);
  }
  const outer = broadcast(a.dims.slice(0, -2), b.dims.slice(0, -2));
  return { type: 'float32', dims: [...outer, a.dims.at(-2) as Dim, b.dims.at(-1) as Dim] };
};

const gemm: Inference = (operands, attributes) => {
  floatInputs(operands);
  const [a, b, c] = operands;
  if (a.dims.length !== 2 || b.dims.length !== 2) refuse('Gemm multiplies matrices of two axes');
  const left = attributes['transA'] ? a.dims.toReversed() : a.dims;
  const right = attributes['transB'] ? b.dims.toReversed() : b.dims;
  if (left[1] !== right[0]) refuse(`${showDims(left)} by ${showDims(right)} is no matrix product`);
  const dims = [left[0] as Dim, right[1] as Dim];
  if (operands.length > 2 && !sameDims(broadcast(c.dims, dims), dims))
    refuse(`${showDims(c.dims)} does not broadcast to ${showDims(dims)}`);
  return { type: 'float32', dims };
};

const where: Inference = ([condition, a, b]) => {
  if (condition.type !== 'bool' || a.type !== b.type) refuse('Where takes a mask and two values of one type');
  return { type: a.type, dims: broadcast(condition.dims, broadcast(a.dims, b.dims)) };
};

const cast: Inference = ([x], attributes) => {
  const type =
    elementTypeOf(Number(attributes['to'])) ?? refuse(`element type ${attributes['to']} is not known`);
  return { type, dims: x.dims };
};

const softmax: Inference = (operands, attributes) => {
  axisOf(Number(attributes['axis'] ?? -1), operands[0].dims.length);
  return unary(operands, attributes);
};

const inferences: Readonly<Record<Operator, Inference>> = {
  ...shapeOperators,
  Abs: unary,
  Cos: unary,
  Erf: unary,
  Exp: unary,
  Log: unary,
  Neg: unary,
  Relu: unary,
  Sigmoid: unary,
  Sign: unary,
  Sin: unary,
  Softplus: unary,
  Sqrt: unary,
  Tanh: unary,
  Add: binary,
  Sub: binary,
  Mul: binary,
  Div: binary,
  Pow: binary,
  Max: binary,
  Min: binary,
  Equal: comparison,
  Greater: comparison,
  MatMul: matMul,
  Gemm: gemm,
  Where: where,
  Cast: cast,
  Softmax: softmax,
  Identity: ([x]) => x,
};

const arity: Readonly<Partial<Record<Operator, readonly [number, number]>>> = {
  Add: [2, 2],
  Sub: [2, 2],
  Mul: [2, 2],
  Div: [2, 2],
  Pow: [2, 2],
  Max: [2, 2],
  Min: [2, 2],
  Equal: [2, 2],
  Greater: [2, 2],
  MatMul: [2, 2],
  Gemm: [2, 3],
  Where: [3, 3],
  Reshape: [2, 2],
  Concat: [1, 4096],
  Slice: [4, 4],
  Pad: [2, 2],
  Gather: [2, 2],
  Expand: [2, 2],
  ReduceSum: [2, 2],
  ReduceMean: [2, 2],
  ReduceMax: [2, 2],
};

/**
 * The type and shape that an operator gives for these operands.
 * @throws ComputeError `bad-graph`, naming the operator and the shapes that do not fit
 */
export function infer(operator: Operator, operands: readonly Operand[], attributes: Attributes): Operand {
  const [least, most] = arity[operator] ?? [1, 1];
  try {
    if (operands.length < least || operands.length > most) refuse(`${operands.length} operands were given`);
    return inferences[operator](operands as Operands, attributes);
  } catch (error) {
    throw new ComputeError('bad-graph', `${operator}: ${reasonOf(error)}`);
  }
}
