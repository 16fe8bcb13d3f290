import { hasValidCheckDigit, normalizeIdentifier, parseIdentifier } from '@tallyhouse/epcis';
import type { GrantKind } from './grant.rows.js';
import { SharingError } from './sharing.errors.js';

type NamedKind = Exclude<GrantKind, 'EVERYTHING' | 'EVENTS'>;

const MAX_LENGTH = 1_000;
const URI = /^[A-Za-z][A-Za-z0-9+.-]*:\S+$/;
/** An element string as printed beside a bar code: application identifiers in brackets. */
const ELEMENTS = /^(?:\(\d{2,4}\)[^()\s]+)+$/;
/** Digits alone, as they stand on a label, and the application identifier that they are then. */
const DIGITS: Readonly<Record<NamedKind, readonly [RegExp, ai: string, name: string]>> = {
  ITEM: [/^\d{18}$/, '00', 'an SSCC'],
  PRODUCT: [/^(?:\d{8}|\d{12,14})$/, '01', 'a GTIN'],
  SITE: [/^\d{13}$/, '414', 'a GLN'],
};

/**
 * The identifier under which events name what is granted. It takes any form of EPCIS, element strings such as
 * `(01)09521141012345(10)L7`, and the digits of an SSCC, a GTIN or a GLN where such a thing is granted.
 *
 * @throws SharingError `GRANT_INVALID` when it is no identifier, so that no grant opens nothing unnoticed
 * @example grantedResource('PRODUCT', '9521141012345') // 'https://id.gs1.org/01/09521141012345'
 */
export function grantedResource(kind: NamedKind, given: string): string {
  const text = given.trim();
  if (text.length > MAX_LENGTH) throw invalid('is longer than any identifier');
  const uri = uriOf(kind, text);
  if (uri === undefined)
    throw invalid(
      `${JSON.stringify(text.slice(0, 40))} names no ${kind}; give a Digital Link, an EPC URN, (01)… as on a label, or the digits of ${DIGITS[kind][2]}`,
    );
  const key = parseIdentifier(uri);
  if (kind === 'PRODUCT' && key?.ai === '01' && key.qualifier)
    throw invalid('names one lot or piece; grant it as an ITEM, or leave lot and serial number out');
  if (kind !== 'SITE' && key?.ai === '414') throw invalid('names a place; grant it as a SITE');
  if (kind === 'SITE' && (key?.ai === '01' || key?.ai === '00'))
    throw invalid('names goods and no place; grant it as an ITEM or a PRODUCT');
  return normalizeIdentifier(uri);
}

function uriOf(kind: NamedKind, text: string): string | undefined {
  if (URI.test(text)) return text;
  const [digits, ai] = DIGITS[kind];
  if (digits.test(text)) {
    if (!hasValidCheckDigit(text)) throw invalid('the last digit does not fit the others; look for a slip');
    return `https://id.gs1.org/${ai}/${text}`;
  }
  if (!ELEMENTS.test(text)) return undefined;
  const link = `https://id.gs1.org${text.replaceAll(/\((\d+)\)([^()]+)/g, (_, element: string, value: string) => `/${element}/${encodeURIComponent(value)}`)}`;
  return parseIdentifier(link) && link;
}

function invalid(reason: string): SharingError {
  return new SharingError('GRANT_INVALID', `resource: ${reason}`);
}
