import { isQualifierValue, KEY_RULES, type Gs1Key, type KeyAi, type QualifierAi } from './gs1-key.js';
import { decodePercent } from './percent.js';

const KEY_OF_SEGMENT: ReadonlyMap<string, KeyAi> = new Map(
  Object.entries(KEY_RULES).flatMap(([ai, rule]) => [
    [ai, ai as KeyAi],
    [rule.alias, ai as KeyAi],
  ]),
);

const QUALIFIER_OF_SEGMENT: ReadonlyMap<string, QualifierAi | 'variant'> = new Map([
  ['10', '10'],
  ['lot', '10'],
  ['21', '21'],
  ['ser', '21'],
  ['22', 'variant'],
  ['cpv', 'variant'],
  ['235', '235'],
  ['254', '254'],
  ['glnx', '254'],
  ['8011', '8011'],
  ['cpsn', '8011'],
  ['8019', '8019'],
  ['srin', '8019'],
]);

/**
 * Reads a GS1 Digital Link URI of any domain: the last key in the path, with the finest qualifier behind it; query,
 * fragment and consumer product variant are dropped. Undefined for any other URI.
 */
export function parseDigitalLink(uri: string): Gs1Key | undefined {
  if (!uri.startsWith('https://') && !uri.startsWith('http://')) return undefined;
  const end = uri.search(/[?#]/);
  const segments = (end < 0 ? uri : uri.slice(0, end)).split('/');
  if (segments.at(-1) === '') segments.pop();
  for (let at = segments.length - 2; at >= 3; at -= 2) {
    const ai = KEY_OF_SEGMENT.get(segments[at]!);
    if (ai) return readKey(ai, segments, at);
    if (!QUALIFIER_OF_SEGMENT.has(segments[at]!)) return undefined;
  }
  return undefined;
}

/** Whether a segment of a path names a GS1 key. */
export function isKeySegment(segment: string): boolean {
  return KEY_OF_SEGMENT.has(segment);
}

function readKey(ai: KeyAi, segments: readonly string[], at: number): Gs1Key | undefined {
  const decoded = decodePercent(segments[at + 1]!);
  if (decoded === undefined) return undefined;
  const value = ai === '01' ? paddedGtin(decoded) : decoded;
  if (!KEY_RULES[ai].pattern.test(value)) return undefined;
  const found = new Map<QualifierAi, string>();
  for (let i = at + 2; i < segments.length; i += 2) {
    const qualifier = QUALIFIER_OF_SEGMENT.get(segments[i]!);
    const text = decodePercent(segments[i + 1]!);
    if (qualifier === undefined || text === undefined) return undefined;
    if (qualifier === 'variant') continue;
    if (!KEY_RULES[ai].qualifiers.includes(qualifier) || !isQualifierValue(qualifier, text)) return undefined;
    found.set(qualifier, text);
  }
  const finest = KEY_RULES[ai].qualifiers.find((qualifier) => found.has(qualifier));
  return finest ? withQualifier({ ai, value }, finest, found.get(finest)!) : { ai, value };
}

/** GLN extension 0 says "the location itself", as no extension does. */
function withQualifier(key: Gs1Key, ai: QualifierAi, value: string): Gs1Key {
  return ai === '254' && value === '0' ? key : { ...key, qualifier: { ai, value } };
}

/** GTIN-8, -12 and -13 as 14 digits; anything else as it is. */
function paddedGtin(value: string): string {
  return /^(?:\d{8}|\d{12,13})$/.test(value) ? value.padStart(14, '0') : value;
}
