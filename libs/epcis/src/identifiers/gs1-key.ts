import { encodeForLink } from './percent.js';

/** GS1 application identifiers of the keys that EPCIS events name. */
export type KeyAi =
  | '00'
  | '01'
  | '253'
  | '255'
  | '401'
  | '402'
  | '414'
  | '417'
  | '8003'
  | '8004'
  | '8006'
  | '8010'
  | '8017'
  | '8018';

/** Application identifiers that make a key finer: lot, serial, third-party serial, extension, part or service serial. */
export type QualifierAi = '10' | '21' | '235' | '254' | '8011' | '8019';

/** A GS1 key with at most one qualifier, the finest; values are plain text, not percent-encoded. */
export type Gs1Key = {
  ai: KeyAi;
  value: string;
  qualifier?: { ai: QualifierAi; value: string };
};

type KeyRule = {
  /** What the plain value must look like. */
  pattern: RegExp;
  /** Digits from the start of the value whose last one is the check digit; absent where the key has none. */
  checked?: number;
  /** Qualifiers from fine to coarse. */
  qualifiers: readonly QualifierAi[];
  /** Alternative name of the key in older Digital Links. */
  alias: string;
};

const TEXT = `[!"%&'()*+,\\-./0-9:;<=>?A-Z_a-z]`;

/** GS1 General Specifications, section 3: format of each key, and GS1 Digital Link: its qualifiers. */
export const KEY_RULES: Readonly<Record<KeyAi, KeyRule>> = {
  '00': { pattern: /^\d{18}$/, checked: 18, qualifiers: [], alias: 'sscc' },
  '01': { pattern: /^\d{14}$/, checked: 14, qualifiers: ['21', '235', '10'], alias: 'gtin' },
  '253': { pattern: new RegExp(`^\\d{13}${TEXT}{0,17}$`), checked: 13, qualifiers: [], alias: 'gdti' },
  '255': { pattern: /^\d{13}\d{0,12}$/, checked: 13, qualifiers: [], alias: 'gcn' },
  '401': { pattern: new RegExp(`^\\d{4}${TEXT}{1,26}$`), qualifiers: [], alias: 'ginc' },
  '402': { pattern: /^\d{17}$/, checked: 17, qualifiers: [], alias: 'gsin' },
  '414': { pattern: /^\d{13}$/, checked: 13, qualifiers: ['254'], alias: 'gln' },
  '417': { pattern: /^\d{13}$/, checked: 13, qualifiers: [], alias: 'party' },
  '8003': { pattern: new RegExp(`^0\\d{13}${TEXT}{0,16}$`), checked: 14, qualifiers: [], alias: 'grai' },
  '8004': { pattern: new RegExp(`^\\d{4}${TEXT}{1,26}$`), qualifiers: [], alias: 'giai' },
  '8006': { pattern: /^\d{18}$/, checked: 14, qualifiers: ['21', '10'], alias: 'itip' },
  '8010': { pattern: /^\d{4}[#\-/0-9A-Z]{1,26}$/, qualifiers: ['8011'], alias: 'cpid' },
  '8017': { pattern: /^\d{18}$/, checked: 18, qualifiers: ['8019'], alias: 'gsrnp' },
  '8018': { pattern: /^\d{18}$/, checked: 18, qualifiers: ['8019'], alias: 'gsrn' },
};

const QUALIFIER_PATTERNS: Readonly<Record<QualifierAi, RegExp>> = {
  '10': new RegExp(`^${TEXT}{1,20}$`),
  '21': new RegExp(`^${TEXT}{1,20}$`),
  '235': new RegExp(`^${TEXT}{1,28}$`),
  '254': new RegExp(`^${TEXT}{1,20}$`),
  '8011': /^\d{1,12}$/,
  '8019': /^\d{1,10}$/,
};

/** Says whether `value` has the form that GS1 gives to the qualifier. */
export function isQualifierValue(ai: QualifierAi, value: string): boolean {
  return QUALIFIER_PATTERNS[ai].test(value);
}

/** The key as a Digital Link URI in its one canonical form. */
export function keyToLink(key: Gs1Key): string {
  const link = `https://id.gs1.org/${key.ai}/${encodeForLink(key.value)}`;
  return key.qualifier ? `${link}/${key.qualifier.ai}/${encodeForLink(key.qualifier.value)}` : link;
}
