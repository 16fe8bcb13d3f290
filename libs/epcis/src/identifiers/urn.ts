import { withCheckDigit } from './check-digit.js';
import { isQualifierValue, KEY_RULES, type Gs1Key, type KeyAi, type QualifierAi } from './gs1-key.js';
import { decodePercent } from './percent.js';

/** How the dots of an EPC URN scheme become a GS1 key. */
export type UrnRule = {
  ai: KeyAi;
  /** Digits of company prefix and reference together; absent where the reference is text. */
  digits?: number;
  /** The first digit of the reference stands before the company prefix. */
  leadingDigit?: true;
  /** Components between reference and serial: piece and total of an ITIP. */
  middle?: 2;
  /** The last component: a qualifier of its own, or the tail of the key's value. */
  serial?: QualifierAi | 'tail';
};

/** EPC Tag Data Standard, section 6.3, one line a scheme. */
export const ID_SCHEMES: Readonly<Record<string, UrnRule>> = {
  sgtin: { ai: '01', digits: 13, leadingDigit: true, serial: '21' },
  sscc: { ai: '00', digits: 17, leadingDigit: true },
  sgln: { ai: '414', digits: 12, serial: '254' },
  pgln: { ai: '417', digits: 12 },
  grai: { ai: '8003', digits: 12, serial: 'tail' },
  giai: { ai: '8004' },
  gsrn: { ai: '8018', digits: 17 },
  gsrnp: { ai: '8017', digits: 17 },
  gdti: { ai: '253', digits: 12, serial: 'tail' },
  cpi: { ai: '8010', serial: '8011' },
  sgcn: { ai: '255', digits: 12, serial: 'tail' },
  ginc: { ai: '401' },
  gsin: { ai: '402', digits: 16 },
  itip: { ai: '8006', digits: 13, leadingDigit: true, middle: 2, serial: '21' },
  upui: { ai: '01', digits: 13, leadingDigit: true, serial: '235' },
};
const CLASS_SCHEMES: Readonly<Record<string, UrnRule>> = {
  lgtin: { ai: '01', digits: 13, leadingDigit: true, serial: '10' },
};
const URN = /^urn:epc:(id|class|idpat):([a-z]+):(\d{6,12})\.(.*)$/;

/**
 * Reads an EPC URN (`urn:epc:id:`, `urn:epc:class:`) or a class pattern (`urn:epc:idpat:` ending in `.*`) and
 * computes its check digit. Undefined for any other URI.
 */
export function parseUrn(uri: string): Gs1Key | undefined {
  const parts = URN.exec(uri);
  if (!parts) return undefined;
  const [, kind, scheme, prefix, rest] = parts as unknown as [string, string, string, string, string];
  const schemes = kind === 'class' ? CLASS_SCHEMES : ID_SCHEMES;
  const rule = Object.hasOwn(schemes, scheme) ? schemes[scheme]! : undefined;
  if (!rule) return undefined;
  const components = splitComponents(rule, rest);
  if (!components) return undefined;
  const isPattern = components.serial === '*';
  if ((kind === 'idpat') !== isPattern) return undefined;
  return buildKey(
    rule,
    prefix,
    components.reference,
    components.middle,
    isPattern ? undefined : components.serial,
  );
}

/** Schemes of GS1 keys, of instances (and of their patterns) and of classes. */
export const EPC_SCHEMES: Readonly<Record<'id' | 'class', readonly string[]>> = {
  id: Object.keys(ID_SCHEMES),
  class: Object.keys(CLASS_SCHEMES),
};

type Components = { reference: string; middle: string; serial?: string };

/** The reference runs to the first dot, except in schemes whose text reference is all there is. */
function splitComponents(rule: UrnRule, rest: string): Components | undefined {
  if (rule.serial === undefined) return { reference: rest, middle: '' };
  if (rule.digits === undefined) {
    const dot = rest.lastIndexOf('.');
    return dot < 0 ? undefined : { reference: rest.slice(0, dot), middle: '', serial: rest.slice(dot + 1) };
  }
  const components = rest.split('.');
  const middleCount = rule.middle ?? 0;
  if (components.length < 2 + middleCount) return undefined;
  const middle = components.slice(1, 1 + middleCount);
  if (middle.some((component) => !/^\d{2}$/.test(component))) return undefined;
  return {
    reference: components[0]!,
    middle: middle.join(''),
    serial: components.slice(1 + middleCount).join('.'),
  };
}

function buildKey(
  rule: UrnRule,
  prefix: string,
  reference: string,
  middle: string,
  encodedSerial: string | undefined,
): Gs1Key | undefined {
  const base = rule.digits === undefined ? textBase(prefix, reference) : digitBase(rule, prefix, reference);
  const serial = encodedSerial === undefined ? '' : decodePercent(encodedSerial);
  if (base === undefined || serial === undefined) return undefined;
  if (encodedSerial === '') return undefined;
  const value = base + middle + (rule.serial === 'tail' ? serial : '');
  if (!KEY_RULES[rule.ai].pattern.test(value)) return undefined;
  const key: Gs1Key = { ai: rule.ai, value };
  if (encodedSerial === undefined || rule.serial === 'tail' || rule.serial === undefined) return key;
  if (!isQualifierValue(rule.serial, serial)) return undefined;
  return rule.serial === '254' && serial === '0'
    ? key
    : { ...key, qualifier: { ai: rule.serial, value: serial } };
}

function textBase(prefix: string, reference: string): string | undefined {
  const decoded = decodePercent(reference);
  return decoded ? prefix + decoded : undefined;
}

/** The digits of a key with their check digit; undefined where prefix and reference have not the length of the scheme. */
export function digitBase(rule: UrnRule, prefix: string, reference: string): string | undefined {
  if (!/^\d*$/.test(reference) || prefix.length + reference.length !== rule.digits) return undefined;
  const plain = rule.leadingDigit ? reference.slice(0, 1) + prefix + reference.slice(1) : prefix + reference;
  return withCheckDigit(rule.ai === '8003' ? `0${plain}` : plain);
}
