import type { EpcisContext } from '../document/context.js';
import { expandGs1Curie } from '../document/context.js';
import { normalizeIdentifier } from '../identifiers/normalize.js';
import { modernCbvUri } from './vocabulary.js';

const TIMESTAMP = /^(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d):(\d\d)(?:\.(\d+))?([Zz]|[+-]\d\d:\d\d)$/;
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const FIRST_SIGN_OF_NUMBER = /^[+\-.\d]/;

/**
 * A time in UTC with exactly three decimals; the fourth decimal rounds up from 5 and carries. Text that is no
 * RFC 3339 time stays as it is.
 */
export function canonicalTime(text: string): string {
  const parts = TIMESTAMP.exec(text.trim());
  if (!parts) return text.trim();
  const [, date, minute, second, fraction = '', offset] = parts;
  const leap = second === '60';
  const start = Date.parse(`${date}T${minute}:${leap ? '59' : second}${offset!.toUpperCase()}`);
  if (Number.isNaN(start)) return text.trim();
  const milliseconds = Number(fraction.slice(0, 3).padEnd(3, '0')) + (fraction.charAt(3) >= '5' ? 1 : 0);
  return new Date(start + (leap ? 1000 : 0) + milliseconds).toISOString();
}

/** A scalar as it enters the pre-hash: trimmed, numbers plain, CBV words and GS1 identifiers in canonical form. */
export function canonicalScalar(value: string | number | boolean, context: EpcisContext): string {
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
