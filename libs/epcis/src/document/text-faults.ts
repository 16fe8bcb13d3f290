import type { JsonValue } from '../epcis.types.js';
import { escapePointer } from './scan.js';

/** A text or number that has no place in a database or no canonical form. */
export type TextFault = { pointer: string; found: string };

const SUSPICIOUS = /\\u(?:0000|[dD][89a-fA-F])|\p{Surrogate}|[eE]\+?\d{3}|\d{300}/u;
const UNSTORABLE = /\0|\p{Surrogate}/u;

/**
 * Looks for the NUL sign, half a surrogate pair, and numbers beyond the range of a double. The parsed value is walked
 * only if the text gives cause.
 */
export function textFault(text: string, value: JsonValue): TextFault | undefined {
  return SUSPICIOUS.test(text) ? walk(value, '') : undefined;
}

function walk(value: JsonValue | undefined, pointer: string): TextFault | undefined {
  if (typeof value === 'string') {
    return UNSTORABLE.test(value) ? { pointer, found: JSON.stringify(value).slice(0, 80) } : undefined;
  }
  if (typeof value === 'number') {
    return Number.isFinite(value) ? undefined : { pointer, found: 'a number beyond the range of a double' };
  }
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, item] of Object.entries(value)) {
    const step = `${pointer}/${escapePointer(key)}`;
    const fault = UNSTORABLE.test(key)
      ? { pointer: step, found: JSON.stringify(key).slice(0, 80) }
      : walk(item, step);
    if (fault) return fault;
  }
  return undefined;
}
