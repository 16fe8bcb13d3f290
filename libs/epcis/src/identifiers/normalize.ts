import { parseDigitalLink } from './digital-link.js';
import { keyToLink, type Gs1Key } from './gs1-key.js';
import { parseUrn } from './urn.js';

/** Links of the commonest keys that are canonical as they are: with no sign that is written otherwise. */
const CANONICAL_LINK =
  /^https:\/\/id\.gs1\.org\/(?:01\/\d{14}(?:\/(?:10|21)\/[A-Za-z0-9'\-._;=]{1,20})?|00\/\d{18}|41[47]\/\d{13})$/;

/**
 * Reads a GS1 key from an EPC URN, a class pattern or a Digital Link of any domain; undefined for any other text.
 *
 * @example parseIdentifier('urn:epc:id:sscc:4012345.0000000333') // { ai: '00', value: '040123450000003338' }
 */
export function parseIdentifier(uri: string): Gs1Key | undefined {
  return uri.startsWith('urn:epc:') ? parseUrn(uri) : parseDigitalLink(uri);
}

/**
 * The canonical GS1 Digital Link of an EPC URN, class pattern or Digital Link: `https://id.gs1.org/…`, 14-digit
 * GTIN, finest level, no query. Undefined if the URI holds no GS1 key.
 *
 * @example toDigitalLink('urn:epc:id:sgtin:4012345.011111.9876') // 'https://id.gs1.org/01/04012345111118/21/9876'
 */
export function toDigitalLink(uri: string): string | undefined {
  const key = parseIdentifier(uri);
  return key && keyToLink(key);
}

/**
 * The form under which two spellings of one identifier are equal: the canonical Digital Link where there is a GS1
 * key, the trimmed text elsewhere.
 *
 * @example normalizeIdentifier('https://example.com/gtin/9780345418913') // 'https://id.gs1.org/01/09780345418913'
 */
export function normalizeIdentifier(uri: string): string {
  if (CANONICAL_LINK.test(uri)) return uri;
  const trimmed = uri.trim();
  return toDigitalLink(trimmed) ?? trimmed;
}
