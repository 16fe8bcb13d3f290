import { assemble } from './assembler.js';
import { keccakFunction, roundConstants } from './keccak-code.js';
import { sha256Constants, sha256Function, sha256Start } from './sha256-code.js';

/** Memory: constants, states, one padded block for each size that is hashed, and the text being hashed. */
const AT = {
  keccakConstants: 0,
  shaConstants: 256,
  shaSchedule: 512,
  shaState: 768,
  block96: 1_024,
  block64: 1_280,
  block32: 1_536,
  digest: 1_792,
  text: 2_048,
} as const;
const PAGES = 2;
const PAGE_BYTES = 65_536;
const KECCAK_BLOCK = 136;

/** Bytes of one text that {@link Hasher} takes at most. */
export const MAX_TEXT_BYTES = PAGES * PAGE_BYTES - AT.text - 128;

/** Node's types name WebAssembly, but those of its constructors come with the DOM's, which this project does not use. */
declare const WebAssembly: {
  readonly Module: new (code: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
};

interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly keccak256: (source: number, target: number) => void;
  readonly sha256: (source: number, blocks: number, target: number) => void;
}

/** SHA-256 and Keccak-256 in WebAssembly: the same digests as everywhere, several times faster than in JavaScript. */
export class Hasher {
  private readonly bytes: Uint8Array;
  private readonly state: Uint32Array;
  private readonly start = sha256Start();
  private inner = this.start;
  private outer = this.start;
  private readonly encoder = new TextEncoder();

  /** @throws WebAssembly.CompileError where a content policy forbids code made at run time */
  public constructor(private readonly code: Exports = instance()) {
    const { buffer } = code.memory;
    this.bytes = new Uint8Array(buffer);
    this.state = new Uint32Array(buffer, AT.shaState, 8);
    new BigUint64Array(buffer, AT.keccakConstants, 24).set(roundConstants());
    new Uint32Array(buffer, AT.shaConstants, 64).set(sha256Constants());
    this.padKeccak(AT.block96, 96);
    this.padKeccak(AT.block64, 64);
    this.padKeccak(AT.block32, 32);
  }

  /** Sets the key of the salts: 32 bytes. Its two states serve every salt of an event (RFC 2104). */
  public setKey(key: Uint8Array): void {
    this.inner = this.keyState(key, 0x36);
    this.outer = this.keyState(key, 0x5c);
  }

  /**
   * Leaf of one field: keccak(keccak(sha256(path), sha256(text), HMAC-SHA256(key, path))).
   *
   * @param into where its 32 bytes are put, from `offset`
   * @returns false when a text is longer than {@link MAX_TEXT_BYTES}; nothing is put then
   */
  public leaf(path: string, text: string, into: Uint8Array, offset: number): boolean {
    if (3 * Math.max(path.length, text.length) > MAX_TEXT_BYTES) return false;
    const { bytes, code } = this;
    this.sha256Text(text, AT.block96 + 32);
    const length = this.sha256Text(path, AT.block96);
    this.sha256From(this.inner, length, 64 + length, AT.digest);
    bytes.copyWithin(AT.text, AT.digest, AT.digest + 32);
    this.sha256From(this.outer, 32, 96, AT.block96 + 64);
    code.keccak256(AT.block96, AT.block32);
    code.keccak256(AT.block32, AT.digest);
    into.set(bytes.subarray(AT.digest, AT.digest + 32), offset);
    return true;
  }

  /** Keccak-256 of 64 bytes. What it gives is overwritten by the next call. */
  public readonly pair = (pair: Uint8Array): Uint8Array => {
    this.bytes.set(pair, AT.block64);
    this.code.keccak256(AT.block64, AT.digest);
    return this.bytes.subarray(AT.digest, AT.digest + 32);
  };

  /** @returns bytes of the text in UTF-8, which stay in place */
  private sha256Text(text: string, target: number): number {
    const { written } = this.encoder.encodeInto(text, this.bytes.subarray(AT.text));
    this.sha256From(this.start, written, written, target);
    return written;
  }

  /** Hashes the first `length` bytes of the text on top of a state; `total` is the length of all that was hashed. */
  private sha256From(state: Uint32Array, length: number, total: number, target: number): void {
    const { bytes } = this;
    const blocks = (length + 72) >> 6;
    const end = AT.text + 64 * blocks;
    bytes.fill(0, AT.text + length, end);
    bytes[AT.text + length] = 0x80;
    const bits = 8 * total;
    for (let index = 1; index <= 4; index++) bytes[end - index] = bits >>> (8 * (index - 1));
    this.state.set(state);
    this.code.sha256(AT.text, blocks, target);
  }

  private keyState(key: Uint8Array, pad: number): Uint32Array {
    for (let index = 0; index < 64; index++) this.bytes[AT.text + index] = (key[index] ?? 0) ^ pad;
    this.state.set(this.start);
    this.code.sha256(AT.text, 1, AT.digest);
    return this.state.slice();
  }

  /** Padding of Keccak as Ethereum uses it: a 1 behind the message and a 1 at the block's end. */
  private padKeccak(block: number, length: number): void {
    this.bytes[block + length] = 0x01;
    this.bytes[block + KECCAK_BLOCK - 1] = 0x80;
  }
}

function instance(): Exports {
  const layout = { state: AT.shaState, constants: AT.shaConstants, schedule: AT.shaSchedule };
  const module = assemble([keccakFunction(AT.keccakConstants), sha256Function(layout)], PAGES);
  return new WebAssembly.Instance(new WebAssembly.Module(module)).exports as Exports;
}
