import type { JsonLdContext } from '../document/context.js';
import { expandGs1Curie } from '../document/context.js';
import { normalizeIdentifier } from '../identifiers/normalize.js';
import { modernCbvUri } from './vocabulary.js';

const TIMESTAMP = /^(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d):(\d\d)(?:\.(\d+))?(?:[Zz]|([+-]\d\d)(?::?(\d\d))?)$/;
/** Already in the one form, on a day that every month has. */
const CANONICAL_TIME =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{3})?Z$/;
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const WHOLE_SECONDS = '2026-01-31T08:00:00Z'.length;
const FIRST_SIGN_OF_NUMBER = /^[+\-.\d]/;

/**
 * A time in UTC with exactly three decimals; the fourth decimal rounds up from 5 and carries. Text that is no
 * RFC 3339 time stays as it is.
 */
export function canonicalTime(text: string): string {
  if (CANONICAL_TIME.test(text)) return text.length === WHOLE_SECONDS ? `${text.slice(0, -1)}.000Z` : text;
  const milliseconds = parseTime(text.trim());
  return milliseconds === undefined ? text.trim() : new Date(milliseconds).toISOString();
}

/**
 * Milliseconds since 1970 of an RFC 3339 time, the fourth decimal rounding up from 5; undefined for anything else.
 *
 * @example parseTime('1970-01-01T01:00:00.0005+01:00') // 1
 */
export function parseTime(text: string): number | undefined {
  const parts = TIMESTAMP.exec(text);
  if (!parts) return undefined;
  const [, date, minute, second, fraction = '', hours, minutes = '00'] = parts;
  const leap = second === '60';
  const offset = hours === undefined ? 'Z' : `${hours}:${minutes}`;
  const start = Date.parse(`${date}T${minute}:${leap ? '59' : second}${offset}`);
  if (Number.isNaN(start)) return undefined;
  return (
    start +
    (leap ? 1000 : 0) +
    Number(fraction.slice(0, 3).padEnd(3, '0')) +
    (fraction.charAt(3) >= '5' ? 1 : 0)
  );
}

/** A scalar as it enters the pre-hash: trimmed, numbers plain, CBV words and GS1 identifiers in canonical form. */
export function canonicalScalar(value: string | number | boolean, context: JsonLdContext): string {
  if (typeof value === 'number') return plainNumber(value);
  if (typeof value === 'boolean') return String(value);
  const text = value.trim();
  if (FIRST_SIGN_OF_NUMBER.test(text)) return NUMBER.test(text) ? plainNumber(Number(text)) : text;
  return normalizeIdentifier(modernCbvUri(expandGs1Curie(text, context)));
}

/**
 * A number in decimal digits without exponent or trailing zeros. Digits beyond a double are those of the double, also
 * for numbers written as text, because the reference implementation reads them so.
 */
export function plainNumber(value: number): string {
  if (Number.isInteger(value))
    return Math.abs(value) < 1e21 ? String(value === 0 ? 0 : value) : BigInt(value).toString();
  const text = String(value);
  const exponent = text.indexOf('e-');
  if (exponent < 0) return text;
  const mantissa = text.slice(0, exponent);
  const sign = mantissa.startsWith('-') ? '-' : '';
  const digits = mantissa.replace(/[-.]/g, '');
  return `${sign}0.${'0'.repeat(Number(text.slice(exponent + 2)) - 1)}${digits}`;
}
