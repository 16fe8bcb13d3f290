import type { Hex } from '../hex.js';
import type { JsonObject, JsonValue } from '../json.js';
import { ProofInputError } from '../proofs.errors.js';

/** Members of an object whose keys are exactly `keys`, those with `?` at will; each read by its own function. */
export type Members = { readonly [key: string]: unknown };

const MAX_VALUES = 1_000_000;
const MAX_DEPTH = 64;

/** An object with these keys and no others; a key with `?` may be absent. */
export function members(value: unknown, at: string, keys: readonly string[]): Members {
  if (!isPlainObject(value)) throw odd(at, 'an object');
  const known = new Set(keys.map((key) => key.replace('?', '')));
  for (const key of Object.keys(value)) {
    if (!known.has(key)) throw odd(`${at}/${key.slice(0, 80)}`, 'no such member');
  }
  const missing = keys.find((key) => !key.endsWith('?') && !Object.hasOwn(value, key));
  if (missing !== undefined) throw odd(`${at}/${missing}`, 'to be there');
  return value;
}

/** The name of a bundle's form; anything may stand there. */
export function formatOf(value: unknown): unknown {
  if (!isPlainObject(value)) throw odd('', 'an object');
  if (!Object.hasOwn(value, 'format')) throw odd('/format', 'to be there');
  return value['format'];
}

/** `0x` and lower-case digits, of `length` bytes where it is given. */
export function hex(value: unknown, at: string, length?: number, maxBytes = 65_536): Hex {
  const isHex =
    typeof value === 'string' && value.length <= 2 + 2 * maxBytes && /^0x(?:[0-9a-f]{2})*$/.test(value);
  if (!isHex || (length !== undefined && value.length !== 2 + 2 * length))
    throw odd(
      at,
      length === undefined ? '0x and lower-case digits' : `0x and ${2 * length} lower-case digits`,
    );
  return value as Hex;
}

/** A list of at most `max` entries. */
export function listOf<Entry>(
  value: unknown,
  at: string,
  max: number,
  read: (entry: unknown, at: string) => Entry,
): Entry[] {
  if (!Array.isArray(value)) throw odd(at, 'a list');
  if (value.length > max) throw odd(at, `at most ${max} entries`);
  return value.map((entry, index) => read(entry, `${at}/${index}`));
}

/** A whole number from 0 to `max`. */
export function whole(value: unknown, at: string, max = Number.MAX_SAFE_INTEGER): number {
  if (
    !Number.isSafeInteger(value) ||
    (value as number) < 0 ||
    (value as number) > max ||
    Object.is(value, -0)
  )
    throw odd(at, `a whole number from 0 to ${max}`);
  return value as number;
}

/** Text of at most `max` signs. */
export function text(value: unknown, at: string, max: number): string {
  if (typeof value !== 'string' || value.length > max) throw odd(at, `text of at most ${max} signs`);
  return value;
}

/** Text that UTF-8 can write: with no half of a surrogate pair, which would be hashed as another sign. */
export function wellFormed(value: unknown, at: string, max: number): string {
  const found = text(value, at, max);
  if (/\p{Surrogate}/u.test(found)) throw odd(at, 'text without half a surrogate pair');
  return found;
}

/** Entries that follow each other strictly. */
export function ascending<Entry>(
  entries: readonly Entry[],
  at: string,
  keyOf: (entry: Entry) => string,
): void {
  const fault = entries.findIndex((entry, index) => index > 0 && keyOf(entry) <= keyOf(entries[index - 1]!));
  if (fault >= 0) throw odd(`${at}/${fault}`, 'ascending order without repetition');
}

/** A JSON object of at most 1,000,000 values in 64 levels; also one that JSON text could never give is refused. */
export function jsonObject(value: unknown, at: string): JsonObject {
  if (!isPlainObject(value)) throw odd(at, 'an object');
  let values = 0;
  const visit = (part: unknown, depth: number): void => {
    values += 1;
    if (values > MAX_VALUES || depth > MAX_DEPTH)
      throw odd(at, `at most ${MAX_VALUES} values in ${MAX_DEPTH} levels`);
    if (part === null || ['string', 'boolean', 'number'].includes(typeof part)) return;
    if (typeof part !== 'object') throw odd(at, 'JSON');
    for (const child of Object.values(part)) visit(child, depth + 1);
  };
  visit(value, 0);
  return value as { [key: string]: JsonValue };
}

/** What a bundle has that it must not have. */
export function odd(at: string, expected: string): ProofInputError {
  return new ProofInputError('BUNDLE', `${at.slice(0, 200) || 'the bundle'}: expected ${expected}`);
}

function isPlainObject(value: unknown): value is { [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
