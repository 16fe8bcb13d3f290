import { concatBytes } from '@noble/hashes/utils.js';
import { ProofInputError } from '../proofs.errors.js';

/** What RLP can say: bytes, or a list of such items (Ethereum Yellow Paper, appendix B). */
export type RlpItem = Uint8Array | readonly RlpItem[];

const MAX_DEPTH = 16;
const MAX_ITEMS = 1_000_000;
const SHORT = 55;
const BYTES = 0x80;
const LIST = 0xc0;

/**
 * Writes an item in RLP.
 *
 * @example encodeRlp([new Uint8Array([1]), new Uint8Array()]) // Uint8Array [0xc2, 0x01, 0x80]
 */
export function encodeRlp(item: RlpItem): Uint8Array {
  if (item instanceof Uint8Array) {
    return item.length === 1 && item[0]! < BYTES ? item : concatBytes(prefix(item.length, BYTES), item);
  }
  const content = concatBytes(...item.map(encodeRlp));
  return concatBytes(prefix(content.length, LIST), content);
}

/**
 * Reads exactly one item in its only spelling; at most 16 lists deep and 1,000,000 items. Bytes of the answer are
 * views into `bytes`.
 *
 * @throws ProofInputError `RLP` for anything else
 * @example decodeRlp(new Uint8Array([0xc2, 0x01, 0x80])) // [Uint8Array [1], Uint8Array []]
 */
export function decodeRlp(bytes: Uint8Array): RlpItem {
  const reading = { bytes, items: 0 };
  const { item, end } = readItem(reading, 0, bytes.length, 0);
  if (end !== bytes.length) throw fault(`${bytes.length - end} bytes after the item`);
  return item;
}

/** The smallest big-endian bytes of a number, none for zero, as RLP wants numbers. */
export function quantityBytes(value: bigint): Uint8Array {
  if (value < 0n) throw new ProofInputError('OUT_OF_RANGE', `${value} is negative`);
  const digits = value === 0n ? '' : value.toString(16);
  const even = digits.length % 2 === 0 ? digits : `0${digits}`;
  return Uint8Array.from(even.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

/** The number of such bytes; at most 32 of them. @throws ProofInputError `RLP` for a leading zero or more bytes */
export function bytesQuantity(bytes: Uint8Array): bigint {
  if (bytes[0] === 0) throw fault('a number with a leading zero');
  if (bytes.length > 32) throw fault('a number of more than 256 bits');
  return bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
}

function prefix(length: number, offset: number): Uint8Array {
  if (length <= SHORT) return new Uint8Array([offset + length]);
  const size = quantityBytes(BigInt(length));
  return concatBytes(new Uint8Array([offset + SHORT + size.length]), size);
}

type Reading = { bytes: Uint8Array; items: number };
type Read<Item> = { item: Item; end: number };

function readItem(reading: Reading, start: number, limit: number, depth: number): Read<RlpItem> {
  if (depth > MAX_DEPTH) throw fault(`lists more than ${MAX_DEPTH} deep`);
  if (++reading.items > MAX_ITEMS) throw fault(`more than ${MAX_ITEMS} items`);
  const first = reading.bytes[start];
  if (first === undefined || start >= limit) throw fault('ends in the middle');
  if (first < BYTES) return { item: reading.bytes.subarray(start, start + 1), end: start + 1 };
  const offset = first < LIST ? BYTES : LIST;
  const { from, end } = contentRange(reading.bytes, start, limit, first - offset);
  if (offset === LIST) return { item: readList(reading, from, end, depth), end };
  const content = reading.bytes.subarray(from, end);
  if (content.length === 1 && content[0]! < BYTES) throw fault('one small byte with a length before it');
  return { item: content, end };
}

function readList(reading: Reading, from: number, end: number, depth: number): RlpItem[] {
  const list: RlpItem[] = [];
  for (let at = from; at < end;) {
    const read = readItem(reading, at, end, depth + 1);
    list.push(read.item);
    at = read.end;
  }
  return list;
}

function contentRange(
  bytes: Uint8Array,
  start: number,
  limit: number,
  kind: number,
): { from: number; end: number } {
  const sizeBytes = Math.max(kind - SHORT, 0);
  const from = start + 1 + sizeBytes;
  if (from > limit || sizeBytes > 4) throw fault('a length that cannot be');
  let length = kind;
  if (sizeBytes > 0) {
    if (bytes[start + 1] === 0) throw fault('a length with a leading zero');
    length = bytes.subarray(start + 1, from).reduce((size, byte) => size * 256 + byte, 0);
    if (length <= SHORT) throw fault('a short length in the long form');
  }
  if (from + length > limit) throw fault('a length beyond the end');
  return { from, end: from + length };
}

function fault(what: string): ProofInputError {
  return new ProofInputError('RLP', `not RLP: ${what}`);
}
