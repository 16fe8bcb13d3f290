import type { Cue } from './cues.js';
import type { Entity } from './entity.js';

const SEPARATOR =
  /^(?:[\s,;:#&()"“”./=-]|and\b|or\b|through\b|thru\b|to\b|from\b|is\b|are\b|of\b|no\b|both\b|all\b|the\b|on\b|bag\b)+/i;
const CODE = /^[a-z]{0,6}(?:[-/]?[a-z]*)?\d[a-z\d]*(?:[-/][a-z\d]+)*(?![\p{L}\d])/iu;
/** A code's second part: `cr 18 13b`, `26sep16 z4d1`, `10 sep 16 tbpc`. */
const PART = /^ (?:[a-z]{0,2}\d{1,3}[a-z]{1,2}\d?[a-z]?|[a-z]\d[a-z]\d|\d(?![\p{L}\d]))(?![\p{L}\d])/iu;
const LETTERS_FIRST = /^[a-z]{2,4} \d{2,4}(?: \d{2,3})?[a-z]?\d{0,2}(?![\p{L}\d])/iu;
const MAX_CODES = 500;

/** Blocks that a code may not run into. */
export interface Taken {
  readonly start: number;
  readonly end: number;
}

/**
 * Lot, batch, serial and establishment numbers: the codes after their word, through the list they stand in, until a word
 * that is none. What is taken as a date, a quantity or an identifier is no code.
 */
export function codeEntities(text: string, cues: readonly Cue[], taken: readonly Taken[]): Entity[] {
  const entities: Entity[] = [];
  for (const [index, cue] of cues.entries()) {
    if (cue.role !== 'LOT' && cue.role !== 'SERIAL' && cue.role !== 'SITE') continue;
    const limit = cues[index + 1]?.start ?? text.length;
    entities.push(...codesAfter(text, cue, limit, taken));
  }
  return entities;
}

function codesAfter(text: string, cue: Cue, limit: number, taken: readonly Taken[]): Entity[] {
  const found: Entity[] = [];
  for (let at = cue.end; at < limit && found.length < MAX_CODES;) {
    const rest = text.slice(at, limit);
    const skipped = SEPARATOR.exec(rest)?.[0].length ?? 0;
    const block = taken.find(({ start, end }) => at + skipped >= start && at + skipped < end);
    if (block) {
      at = block.end;
      continue;
    }
    const start = at + skipped;
    const free = Math.min(limit, ...taken.filter((each) => each.start >= start).map((each) => each.start));
    const length = codeLength(text.slice(start, free));
    if (length === 0) break;
    found.push(codeEntity(text, cue, start, start + length));
    at = start + length;
    if (cue.role === 'SITE') break;
  }
  return found;
}

function codeLength(rest: string): number {
  const lettersFirst = LETTERS_FIRST.exec(rest)?.[0].length ?? 0;
  const first = CODE.exec(rest)?.[0] ?? '';
  let length = first.length;
  if (length === 0) return lettersFirst;
  for (let part = PART.exec(rest.slice(length))?.[0]; part; part = PART.exec(rest.slice(length))?.[0]) {
    // Of the same shape it is the next code of a list, not the second part of this one.
    if (shapeOf(part.trim()) === shapeOf(first)) break;
    length += part.length;
  }
  return Math.max(length, lettersFirst);
}

function codeEntity(text: string, cue: Cue, start: number, end: number): Entity {
  const surface = text.slice(start, end);
  const direct = /^[\s:#=.]*$/.test(text.slice(cue.end, start));
  return {
    type: cue.role as 'LOT' | 'SERIAL' | 'SITE',
    start,
    end,
    surface,
    value: surface.toUpperCase().replace(/\s+/g, ' '),
    confidence: direct ? 0.9 : 0.75,
  };
}

/** Letters as `a`, digits as `9`, runs as one. */
function shapeOf(code: string): string {
  return code.replace(/\p{L}+/gu, 'a').replace(/\d+/g, '9');
}
