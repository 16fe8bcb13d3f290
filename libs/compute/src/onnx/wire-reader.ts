import { ComputeError } from '../compute.errors.js';

const text = new TextDecoder('utf-8', { fatal: true });
const longestText = 4096;

export function refuseModel(message: string): never {
  throw new ComputeError('bad-model', `this is not a model of ours: ${message}`);
}

/** One field of a message: an integer (wire type 0) or a run of bytes (wire type 2). */
export class WireField {
  readonly number: number;
  private readonly message: string;
  private readonly value: bigint | Uint8Array;

  constructor(message: string, number: number, value: bigint | Uint8Array) {
    this.message = message;
    this.number = number;
    this.value = value;
  }

  bytes(): Uint8Array {
    return typeof this.value === 'bigint' ? this.unexpected() : this.value;
  }

  /** A signed integer that a double holds exactly. */
  integer(): number {
    return typeof this.value === 'bigint' ? safe(this.value) : this.unexpected();
  }

  /** A list of integers, packed or one at a time. */
  integers(limit: number): number[] {
    if (typeof this.value === 'bigint') return [safe(this.value)];
    const reader = new Cursor(this.value);
    const list: number[] = [];
    while (!reader.done) {
      if (list.length >= limit)
        refuseModel(`${this.message}.${this.number} lists more than ${limit} integers`);
      list.push(safe(reader.varint()));
    }
    return list;
  }

  string(limit = longestText): string {
    const bytes = this.bytes();
    if (bytes.length > limit)
      refuseModel(`${this.message}.${this.number} is a text of ${bytes.length} bytes`);
    try {
      return text.decode(bytes);
    } catch {
      return refuseModel(`${this.message}.${this.number} is not UTF-8`);
    }
  }

  unexpected(): never {
    return refuseModel(`field ${this.number} of ${this.message} is not understood`);
  }
}

class Cursor {
  private readonly source: Uint8Array;
  private at = 0;

  constructor(source: Uint8Array) {
    this.source = source;
  }

  get done(): boolean {
    return this.at >= this.source.length;
  }

  varint(): bigint {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.source[this.at];
      if (byte === undefined) refuseModel('the bytes end inside a number');
      this.at += 1;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt.asIntN(64, value);
    }
    return refuseModel('a number is longer than 64 bits');
  }

  run(length: number): Uint8Array {
    if (length < 0 || length > this.source.length - this.at) refuseModel('a field is longer than the bytes');
    this.at += length;
    return this.source.subarray(this.at - length, this.at);
  }
}

function safe(value: bigint): number {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : refuseModel(`the number ${value} is too large`);
}

/**
 * Calls `take` for each field of a message; no byte is copied, and no message opens itself further.
 * @throws ComputeError `bad-model` on truncated bytes and on wire types that ONNX files of ours never use
 */
export function readFields(message: string, bytes: Uint8Array, take: (field: WireField) => void): void {
  const cursor = new Cursor(bytes);
  while (!cursor.done) {
    const tag = safe(cursor.varint());
    const wireType = tag & 7;
    const number = Math.floor(tag / 8);
    if (number < 1 || (wireType !== 0 && wireType !== 2))
      refuseModel(`tag ${tag} in ${message} is not understood`);
    const value = cursor.varint();
    take(new WireField(message, number, wireType === 0 ? value : cursor.run(safe(value))));
  }
}
