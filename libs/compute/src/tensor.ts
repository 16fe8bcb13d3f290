import { ComputeError } from './compute.errors.js';

/** Element types a graph may hold: values, indices and shapes, masks. */
export type ElementType = 'float32' | 'int64' | 'bool';

export interface FloatTensor {
  readonly type: 'float32';
  readonly dims: readonly number[];
  readonly data: Float32Array;
}
export interface IndexTensor {
  readonly type: 'int64';
  readonly dims: readonly number[];
  readonly data: BigInt64Array;
}
export interface MaskTensor {
  readonly type: 'bool';
  readonly dims: readonly number[];
  /** One byte an element, 0 or 1. */
  readonly data: Uint8Array;
}

/** A dense array in row-major order; `data.length` is the product of `dims`. */
export type Tensor = FloatTensor | IndexTensor | MaskTensor;

/** Bytes of one element of each type. */
export const elementBytes: Readonly<Record<ElementType, number>> = { float32: 4, int64: 8, bool: 1 };

/** Elements that `dims` hold; 1 for a scalar. */
export function elementCount(dims: readonly number[]): number {
  return dims.reduce((count, dim) => count * dim, 1);
}

function checkLength(dims: readonly number[], length: number): void {
  if (dims.some((dim) => !Number.isInteger(dim) || dim < 0) || elementCount(dims) !== length) {
    throw new ComputeError('bad-tensor', `dims [${dims.join(', ')}] do not hold ${length} elements`);
  }
}

/**
 * A float32 tensor over `values` (a Float32Array is kept, not copied).
 * @throws ComputeError `bad-tensor` when dims and length disagree
 * @example float32([2, 2], [1, 2, 3, 4])
 */
export function float32(dims: readonly number[], values: Float32Array | readonly number[]): FloatTensor {
  checkLength(dims, values.length);
  return { type: 'float32', dims, data: ArrayBuffer.isView(values) ? values : Float32Array.from(values) };
}

/**
 * An int64 tensor, for indices and shapes.
 * @throws ComputeError `bad-tensor` when dims and length disagree
 * @example int64([3], [0, 4, 2])
 */
export function int64(dims: readonly number[], values: BigInt64Array | readonly number[]): IndexTensor {
  checkLength(dims, values.length);
  const data = ArrayBuffer.isView(values) ? values : BigInt64Array.from(values, (value) => BigInt(value));
  return { type: 'int64', dims, data };
}

/**
 * A mask of 0 and 1.
 * @throws ComputeError `bad-tensor` when dims and length disagree
 */
export function bool(dims: readonly number[], values: Uint8Array | readonly boolean[]): MaskTensor {
  checkLength(dims, values.length);
  const data = ArrayBuffer.isView(values) ? values : Uint8Array.from(values, (value) => (value ? 1 : 0));
  return { type: 'bool', dims, data };
}

/** A float32 tensor without axes. */
export function scalar(value: number): FloatTensor {
  return { type: 'float32', dims: [], data: Float32Array.of(value) };
}

/** Float32 zeros of the given dims. */
export function zeros(dims: readonly number[]): FloatTensor {
  return { type: 'float32', dims, data: new Float32Array(elementCount(dims)) };
}

/**
 * The floats of a named result.
 * @throws ComputeError `bad-tensor` when the name is absent or holds another type
 */
export function floatsOf(tensors: Readonly<Record<string, Tensor>>, name: string): Float32Array {
  const tensor = tensors[name];
  if (tensor?.type !== 'float32') {
    throw new ComputeError('bad-tensor', `'${name}' is ${tensor?.type ?? 'absent'}, float32 was expected`);
  }
  return tensor.data;
}
