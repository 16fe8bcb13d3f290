/** Numbers with a few words about them, as bytes. */
export interface Packed<Head> {
  readonly head: Head;
  readonly numbers: Float64Array;
}

const WORD = 8;

/**
 * Packs words as JSON and numbers as they lie in memory: 1,000 series of ten years of months are one megabyte, read in a millisecond.
 * Little-endian machines only, as all are that Node is built for today but one.
 *
 * @example unpack(pack({ ids: ['a'] }, Float64Array.of(1, NaN))) // { head: { ids: ['a'] }, numbers: [1, NaN] }
 */
export function pack<Head>(head: Head, numbers: Float64Array): Uint8Array {
  const words = new TextEncoder().encode(JSON.stringify(head));
  const begin = WORD + Math.ceil(words.length / WORD) * WORD;
  const bytes = new Uint8Array(begin + numbers.byteLength);
  new DataView(bytes.buffer).setUint32(0, words.length, true);
  bytes.set(words, WORD);
  new Float64Array(bytes.buffer, begin).set(numbers);
  return bytes;
}

/** What {@link pack} packed, in the same memory where that is aligned; only what this program wrote is read. */
export function unpack<Head>(bytes: Uint8Array): Packed<Head> {
  const own = bytes.byteOffset % WORD === 0 ? bytes : Uint8Array.from(bytes);
  const length = new DataView(own.buffer, own.byteOffset).getUint32(0, true);
  const head = JSON.parse(new TextDecoder().decode(own.subarray(WORD, WORD + length))) as Head;
  const begin = WORD + Math.ceil(length / WORD) * WORD;
  const numbers = new Float64Array(own.buffer, own.byteOffset + begin, (own.byteLength - begin) / WORD);
  return { head, numbers };
}

/** Several arrays as one, in their order. */
export function joined(parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Takes arrays from the front of a longer one, one after the other. */
export function takingFrom(numbers: Float64Array): (length: number) => Float64Array {
  let at = 0;
  return (length) => numbers.subarray(at, (at += length));
}
