import type { ElementType, Tensor } from '../tensor.js';
import type { Dim } from './dims.js';

/** ONNX operators (default domain, opset 18) that the builder emits, the reader admits and every engine runs. */
export const operatorNames = [
  'Abs',
  'Add',
  'Cast',
  'Concat',
  'Cos',
  'Div',
  'Equal',
  'Erf',
  'Exp',
  'Expand',
  'Gather',
  'Gemm',
  'Greater',
  'Identity',
  'Log',
  'MatMul',
  'Max',
  'Min',
  'Mul',
  'Neg',
  'Pad',
  'Pow',
  'ReduceMax',
  'ReduceMean',
  'ReduceSum',
  'Relu',
  'Reshape',
  'Shape',
  'Sigmoid',
  'Sign',
  'Sin',
  'Slice',
  'Softmax',
  'Softplus',
  'Sqrt',
  'Sub',
  'Tanh',
  'Transpose',
  'Where',
] as const;

export type Operator = (typeof operatorNames)[number];

/** Operator attributes; every operator here needs integers only. */
export type Attributes = Readonly<Record<string, number | readonly number[]>>;

export interface GraphNode {
  readonly name: string;
  readonly operator: Operator;
  /** Names of values made earlier, of graph inputs or of initializers. */
  readonly inputs: readonly string[];
  readonly output: string;
  readonly attributes: Attributes;
}

export interface ValueInfo {
  readonly name: string;
  readonly type: ElementType;
  readonly dims: readonly Dim[];
}

/** One runnable graph: nodes in execution order, everything named, nothing unreachable. */
export interface Graph {
  readonly name: string;
  readonly inputs: readonly ValueInfo[];
  readonly outputs: readonly ValueInfo[];
  readonly initializers: Readonly<Record<string, Tensor>>;
  readonly nodes: readonly GraphNode[];
}
