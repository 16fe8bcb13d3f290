import { hasValidCheckDigit } from '@tallyhouse/epcis';
import type { Cue } from './cues.js';
import type { Entity } from './entity.js';

const DIGITS_AFTER_CUE =
  /^(?:[\s:#=]|is|are|\((?:\p{L}|\s){0,60}\)){0,8}\s*(?<digits>\d(?:[ -]{0,2}\d){6,13})(?![\p{L}\d])/u;
const NEXT_IN_LIST = /^(?:[\s,;&/]|and|or){1,6}(?<digits>\d(?:[ -]?\d){9,13})(?![\p{L}\d])/u;
const BARE = /(?<![\p{L}\d/.-])(?<digits>\d{18}|\d{12,14})(?![\p{L}\d/-])/gu;
const URI = /(?:https?:\/\/\S+|urn:\S+)/g;
const LENGTHS = { GTIN: [8, 12, 13, 14], SSCC: [18], GLN: [13] } as const;
type KeyType = keyof typeof LENGTHS;

/**
 * GTINs (also UPC and EAN), SSCCs and GLNs: digits after their name, with blanks and hyphens as labels print them, and
 * bare numbers of the right length whose check digit (GS1 General Specifications 7.9) is right.
 */
export function identifierEntities(text: string, cues: readonly Cue[]): Entity[] {
  const entities = cues.flatMap((cue) => (cue.role in LENGTHS ? afterCue(text, cue) : []));
  const addresses = [...text.matchAll(URI)].map(
    (match) => [match.index, match.index + match[0].length] as const,
  );
  for (const match of text.matchAll(BARE)) {
    const { digits } = match.groups as { digits: string };
    const [start, end] = [match.index, match.index + digits.length];
    const taken = entities.some((other) => start < other.end && end > other.start);
    const inAddress = addresses.some(([from, to]) => start >= from && end <= to);
    const cue = cues.findLast((each) => each.end <= start);
    const named = cue && /^[\s:#=.]*$/.test(text.slice(cue.end, start));
    if (taken || inAddress || named || !hasValidCheckDigit(digits)) continue;
    entities.push(identifier(text, digits.length === 18 ? 'SSCC' : 'GTIN', start, digits, 0.75));
  }
  return entities;
}

function afterCue(text: string, cue: Cue): Entity[] {
  const found: Entity[] = [];
  let from = cue.end;
  for (let pattern = cue.role === 'SSCC' ? SSCC_AFTER_CUE : DIGITS_AFTER_CUE; ; pattern = NEXT_IN_LIST) {
    const match = pattern.exec(text.slice(from));
    if (!match) return found;
    const { digits } = match.groups as { digits: string };
    const start = from + match[0].length - digits.length;
    found.push(identifier(text, cue.role as KeyType, start, digits, 0.99));
    from = start + digits.length;
  }
}

const SSCC_AFTER_CUE = /^(?:[\s:#=]|\(00\)){0,6}(?<digits>\d(?:[ -]?\d){17})(?!\d)/;

/** A number whose length or check digit is wrong is still what the text calls it, with less confidence. */
function identifier(text: string, type: KeyType, start: number, written: string, confidence: number): Entity {
  const digits = written.replace(/\D/g, '');
  const right = (LENGTHS[type] as readonly number[]).includes(digits.length) && hasValidCheckDigit(digits);
  return {
    type,
    start,
    end: start + written.length,
    surface: text.slice(start, start + written.length),
    value: type === 'GTIN' && right ? digits.padStart(14, '0') : digits,
    confidence: right ? confidence : 0.5,
  };
}
