/**
 * A vector as signed bytes, its largest component at 127: a quarter of the room. A vector of zeros stays one.
 */
export function quantise(vector: Float32Array): Int8Array {
  let largest = 0;
  for (const value of vector) largest = Math.max(largest, Math.abs(value));
  const scale = largest === 0 ? 0 : 127 / largest;
  return Int8Array.from(vector, (value) => Math.round(value * scale));
}

/** The vector as Postgres keeps it. */
export function toBytes(vector: Int8Array): Buffer {
  return Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength);
}

export function fromBytes(bytes: Uint8Array): Int8Array {
  return new Int8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength).slice();
}

/** The vector that Postgres keeps, at length 1; one of zeros stays one. */
export function unitVector(bytes: Uint8Array): Float32Array {
  const vector = Float32Array.from(fromBytes(bytes));
  const norm = Math.hypot(...vector) || 1;
  return vector.map((value) => value / norm);
}
