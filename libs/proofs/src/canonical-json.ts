import { ProofInputError } from './proofs.errors.js';
import { scalarText, type JsonValue } from './json.js';

const MAX_DEPTH = 64;

/**
 * JSON with one spelling (RFC 8785): keys in ascending order of their UTF-16 units, no space, shortest numbers.
 *
 * @throws ProofInputError `NOT_JSON` for half a surrogate pair and infinities, `TOO_DEEP` beyond 64 levels
 * @example canonicalJson({ b: 1.0, a: 'x' }) // '{"a":"x","b":1}'
 */
export function canonicalJson(value: JsonValue): string {
  return written(value, 0);
}

function written(value: JsonValue, depth: number): string {
  if (depth > MAX_DEPTH) throw new ProofInputError('TOO_DEEP', `more than ${MAX_DEPTH} levels`);
  if (typeof value !== 'object' || value === null) return scalarText(value);
  if (Array.isArray(value)) return `[${value.map((entry) => written(entry, depth + 1)).join(',')}]`;
  const members = Object.keys(value)
    .filter((key) => value[key] !== undefined)
    .sort()
    .map((key) => `${scalarText(key)}:${written(value[key]!, depth + 1)}`);
  return `{${members.join(',')}}`;
}
