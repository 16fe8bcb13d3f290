import { elementTypeOf } from '../graph/infer.js';
import { elementBytes, elementCount } from '../tensor.js';
import type { Tensor } from '../tensor.js';
import { readFields, refuseModel } from './wire-reader.js';

/** Reads a TensorProto with raw data; the elements are copied, so that they are aligned and outlive the file. */
export function readTensor(bytes: Uint8Array, mostAxes: number): [string, Tensor] {
  const dims: number[] = [];
  let [name, code] = ['', 0];
  let raw: Uint8Array | undefined;
  readFields('TensorProto', bytes, (field) => {
    if (field.number === 1) dims.push(...field.integers(mostAxes));
    else if (field.number === 2) code = field.integer();
    else if (field.number === 8) name = field.string();
    else if (field.number === 9) raw = field.bytes();
    else field.unexpected();
    if (dims.length > mostAxes) refuseModel(`'${name}' has too many axes`);
  });
  const type = elementTypeOf(code);
  if (type === undefined || raw === undefined)
    return refuseModel(`tensor '${name}' has no raw data of a type that we hold`);
  const count = elementCount(dims);
  if (dims.some((dim) => dim < 0) || count * elementBytes[type] !== raw.length) {
    refuseModel(`tensor '${name}' [${dims.join(', ')}] has ${raw.length} bytes of data`);
  }
  const buffer = new ArrayBuffer(raw.length);
  new Uint8Array(buffer).set(raw);
  if (type === 'float32') return [name, { type, dims, data: new Float32Array(buffer) }];
  if (type === 'int64') return [name, { type, dims, data: new BigInt64Array(buffer) }];
  return [name, { type, dims, data: new Uint8Array(buffer) }];
}
