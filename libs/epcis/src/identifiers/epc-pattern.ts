import { FOREIGN_SCHEMES } from './foreign-schemes.js';
import type { KeyAi } from './gs1-key.js';
import { decodePercent, encodeForLink } from './percent.js';
import { digitBase, ID_SCHEMES, type UrnRule } from './urn.js';

/** The identifiers that an EPC pattern stands for, told by their canonical form (`normalizeIdentifier`). */
export interface EpcPattern {
  /** Each of them begins with one of these. */
  readonly prefixes: readonly string[];
  /** Regular expression that each of them matches as a whole; ECMAScript and POSIX ARE read it alike. */
  readonly expression: string;
}

type Shape = { readonly prefixes: readonly string[]; readonly body: string };

const PATTERN = /^urn:epc:idpat:([a-z]+):(.+)$/s;
const LINK = 'https://id.gs1.org/';
const TEXT = '[^/]+';
const DIGIT = '[0-9]';
const PIECE_AND_TOTAL = 2;

/** Components of the EPCs that GS1 does not give out; each is text without dots. */
const FOREIGN_COMPONENTS: Readonly<Record<string, number>> = { gid: 3, usdod: 2, adi: 3, bic: 1, imovn: 1 };

/** What stands behind the digits of a key where that is no qualifier with a name of its own. */
const BEHIND: Partial<Record<KeyAi, string>> = {
  '8003': TEXT,
  '253': TEXT,
  '255': `${DIGIT}+`,
  // GLN extension 0 says "the location itself", and has no extension in its canonical form.
  '414': `(/254/${TEXT})?`,
};

/**
 * Reads a pattern of EPCs (`urn:epc:idpat:`, EPC Tag Data Standard, pure identity patterns): every component but the
 * last ones is given, and what is open is open to the end. Items are compared in their canonical form, so that the
 * pattern finds them in whatever spelling they were captured.
 *
 * A Digital Link does not say where its company prefix ends, so a pattern of a prefix stands for all numbers that begin
 * with its digits.
 *
 * @param of - what is meant: the items themselves, or their classes (`urn:epc:idpat:sgtin:4012345.*.*`: all products)
 * @returns undefined for a text that is no such pattern, and for a scheme that has no classes if these are meant
 * @example readEpcPattern('urn:epc:idpat:sscc:4012345.*')?.prefixes[3] // 'https://id.gs1.org/00/34012345'
 */
export function readEpcPattern(text: string, of: 'items' | 'classes' = 'items'): EpcPattern | undefined {
  const [, scheme, rest] = PATTERN.exec(text) ?? [];
  if (scheme === undefined || rest === undefined) return undefined;
  const components = rest.split('.');
  const firstOpen = components.indexOf('*');
  const given = components.slice(0, firstOpen);
  if (firstOpen < 0 || components.slice(firstOpen).some((component) => component !== '*')) return undefined;
  const shape = Object.hasOwn(ID_SCHEMES, scheme)
    ? keyShape(ID_SCHEMES[scheme]!, given, components.length, of)
    : of === 'items'
      ? foreignShape(scheme, given, components.length)
      : undefined;
  return shape && { prefixes: shape.prefixes, expression: `^${shape.body}$` };
}

function foreignShape(scheme: string, given: readonly string[], count: number): Shape | undefined {
  if (!FOREIGN_SCHEMES.includes(scheme) || FOREIGN_COMPONENTS[scheme] !== count) return undefined;
  if (given.some((component) => !/^[A-Za-z0-9%-]+$/.test(component))) return undefined;
  const prefix = `urn:epc:id:${scheme}:${given.map((component) => `${component}.`).join('')}`;
  const open = Array.from({ length: count - given.length }, () => '[^.]+').join('[.]');
  return { prefixes: [prefix], body: `${literal(prefix)}${open}` };
}

function keyShape(
  rule: UrnRule,
  given: readonly string[],
  count: number,
  of: 'items' | 'classes',
): Shape | undefined {
  if (of === 'classes' && !hasClasses(rule)) return undefined;
  const middle = rule.middle ?? 0;
  if (count !== 2 + middle + (rule.serial === undefined ? 0 : 1)) return undefined;
  const [prefix, reference] = given;
  if (prefix !== undefined && !/^\d{6,12}$/.test(prefix)) return undefined;
  const head = rule.digits === undefined ? textHead(prefix, reference) : digitHead(rule, prefix, reference);
  if (!head) return undefined;
  const pieces = piecesOf(given.slice(2), middle);
  if (!pieces) return undefined;
  const start = `${LINK}${rule.ai}/`;
  // What is given of piece and total narrows the prefix only where the key before them is whole.
  const isWhole = given.length >= 2;
  return {
    prefixes: head.starts.map((digits) => `${start}${digits}${isWhole ? given.slice(2).join('') : ''}`),
    body: `${literal(start)}${head.body}${pieces.body}${of === 'items' ? tailOf(rule) : ''}`,
  };
}

/** A place has no class, though its extension is spelled as a serial is. */
function hasClasses({ ai, serial }: UrnRule): boolean {
  return serial !== undefined && ai !== '414';
}

type Head = { readonly starts: readonly string[]; readonly body: string };

/** The digits of a key, check digit last; `starts` are what they begin with. */
function digitHead(
  rule: UrnRule,
  prefix: string | undefined,
  reference: string | undefined,
): Head | undefined {
  const zero = rule.ai === '8003' ? '0' : '';
  if (prefix === undefined) {
    return { starts: [zero], body: `${zero}${DIGIT}{${rule.digits! + 1}}` };
  }
  if (reference !== undefined) {
    const whole = digitBase(rule, prefix, reference);
    return whole === undefined ? undefined : { starts: [whole], body: whole };
  }
  const lead = rule.leadingDigit ? 1 : 0;
  const open = rule.digits! - lead - prefix.length;
  if (open < 0) return undefined;
  const starts = lead === 0 ? [`${zero}${prefix}`] : Array.from('0123456789', (digit) => `${digit}${prefix}`);
  return { starts, body: `${lead === 0 ? zero : DIGIT}${prefix}${DIGIT}{${open + 1}}` };
}

function textHead(prefix: string | undefined, reference: string | undefined): Head | undefined {
  if (prefix === undefined) return { starts: [''], body: TEXT };
  if (reference === undefined) return { starts: [prefix], body: `${prefix}${TEXT}` };
  const decoded = decodePercent(reference);
  if (!decoded) return undefined;
  const whole = `${prefix}${encodeForLink(decoded)}`;
  return { starts: [whole], body: literal(whole) };
}

/** Piece and total of an ITIP. */
function piecesOf(given: readonly string[], middle: number): { body: string } | undefined {
  if (given.length > middle || given.some((piece) => !/^\d{2}$/.test(piece))) return undefined;
  const isPieces = middle === PIECE_AND_TOTAL;
  return { body: isPieces ? `${given.join('')}${DIGIT}{${2 * (middle - given.length)}}` : '' };
}

function tailOf({ ai, serial }: UrnRule): string {
  const behind = BEHIND[ai];
  if (behind !== undefined) return behind;
  return serial === undefined || serial === 'tail' ? '' : `/${serial}/${TEXT}`;
}

/** The text as an expression that matches it alone. */
function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
