import { ProofInputError } from './proofs.errors.js';

/** Any JSON value. */
export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject;
/** A JSON object; a key whose value is undefined counts as absent, as in JSON text. */
export type JsonObject = { [key: string]: JsonValue | undefined };
/** What stands at the end of a path: a scalar, or an array or object with nothing in it. */
export type JsonLeafValue = string | number | boolean | null | [] | Record<string, never>;
/** A JSON Pointer (RFC 6901) and what stands there. */
export type JsonField = { path: string; value: JsonLeafValue };

const MAX_DEPTH = 64;
const LONE_SURROGATE = /\p{Surrogate}/u;

/** Every end of a path, in the order of the document. */
export function flattenJson(root: JsonObject): JsonField[] {
  const fields: JsonField[] = [];
  const visit = (value: JsonValue, path: string, depth: number): void => {
    if (depth > MAX_DEPTH)
      throw new ProofInputError('TOO_DEEP', `more than ${MAX_DEPTH} levels at ${path.slice(0, 80)}`);
    if (isEnd(value)) {
      fields.push({ path, value });
      return;
    }
    for (const [key, child] of Object.entries(value)) {
      if (child !== undefined) visit(child, `${path}/${escapePointer(key)}`, depth + 1);
    }
  };
  if (Object.keys(root).length === 0) return fields;
  visit(root, '', 0);
  return fields;
}

/** RFC 8785 text of a scalar, `[]` or `{}`; there ECMAScript's own serialization is the canonical one. */
export function scalarText(value: JsonLeafValue): string {
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new ProofInputError('NOT_JSON', `${value} is not JSON`);
  if (typeof value === 'string' && LONE_SURROGATE.test(value)) {
    throw new ProofInputError('NOT_JSON', 'text with half a surrogate pair has no canonical form');
  }
  const text: string | undefined = JSON.stringify(value);
  if (text === undefined) throw new ProofInputError('NOT_JSON', `${typeof value} is not JSON`);
  if (typeof value === 'object' && value !== null && text.length > 2) {
    throw new ProofInputError('NOT_JSON', 'only an empty array or object is a field of its own');
  }
  return text;
}

/**
 * Prefixes of all keys with a colon, at any depth: those that a JSON-LD context may give a namespace.
 *
 * @example keyPrefixes({ 'example:lot': { 'other:x': 1 } }) // Set { 'example', 'other' }
 */
export function keyPrefixes(value: unknown, found = new Set<string>()): Set<string> {
  if (typeof value !== 'object' || value === null) return found;
  for (const [key, child] of Object.entries(value)) {
    if (key.includes(':')) found.add(key.slice(0, key.indexOf(':')));
    keyPrefixes(child, found);
  }
  return found;
}

function isEnd(value: JsonValue): value is JsonLeafValue {
  return typeof value !== 'object' || value === null || Object.keys(value).length === 0;
}

function escapePointer(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}
