import { ComputeError } from '../compute.errors.js';
import type { ElementType } from '../tensor.js';
import type { Dim } from './dims.js';
import type { Attributes } from './graph.js';

/** What inference knows of a value. */
export interface Operand {
  readonly type: ElementType;
  readonly dims: readonly Dim[];
  /** The elements of a short int64 vector, when they are known before the graph runs. */
  readonly content?: readonly Dim[];
}

/** The operands of one node; the first is always there. */
export type Operands = readonly [Operand, ...Operand[]] & Readonly<Record<1 | 2 | 3, Operand>>;

/** Computes the result type of a node, or throws `bad-graph`. */
export type Inference = (operands: Operands, attributes: Attributes) => Operand;

export function refuse(message: string): never {
  throw new ComputeError('bad-graph', message);
}

/** Known content of an int64 vector. */
export function constantOf(operand: Operand | undefined, what: string): readonly Dim[] {
  return operand?.content ?? refuse(`${what} must be a constant or the shape of a value`);
}

/** Known content of an int64 vector, numbers only. */
export function integersOf(operand: Operand | undefined, what: string): number[] {
  return constantOf(operand, what).map((dim) =>
    typeof dim === 'number' ? dim : refuse(`${what} must be numbers`),
  );
}

export function listOf(attributes: Attributes, name: string): readonly number[] {
  const list = attributes[name];
  return typeof list === 'object' ? list : refuse(`attribute '${name}' must be a list of integers`);
}

export function floatInputs(operands: readonly Operand[]): void {
  for (const { type } of operands) if (type !== 'float32') refuse(`float32 was expected, not ${type}`);
}
