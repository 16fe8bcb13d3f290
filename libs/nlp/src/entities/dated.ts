import type { Cue } from './cues.js';
import { findDates, type FoundDate } from './dates.js';
import type { Entity, EntityType } from './entity.js';

/** How far a cue reaches: signs, and at most so many plain words. */
const MAX_WORDS_BETWEEN = 4;
/** Words that carry a cue on to the next date of a list. */
const CARRY =
  /^(?:through|thru|to|and|or|&|until|up|including|if|by|the|of|is|which|represents|before|date|dates|between|code|or|\p{L}{1,2}|\d{1,4}\p{L}?)$/iu;
/** Codes and what stands between them. */
const LIST_OF_CODES = /^(?:[\s:#.,;=&-]|and\b|from\b|to\b|through\b|[a-z]*\d[a-z\d]*)*$/i;
const DATE_ROLES: ReadonlySet<string> = new Set(['BEST_BEFORE', 'DATE', 'MADE', 'RECEIVED']);

/** Dates of the text with what they are dates of, by the cue before them and by the list that they stand in. */
export function datedEntities(text: string, cues: readonly Cue[]): Entity[] {
  const entities: Entity[] = [];
  let last: { end: number; role: EntityType } | undefined;
  for (const date of findDates(text)) {
    const cue = cues.findLast(({ end }) => end <= date.start);
    const direct =
      cue && DATE_ROLES.has(cue.role) && reaches(text.slice(cue.end, date.start)) ? cue : undefined;
    const carried =
      last && last.end > (cue?.end ?? 0) && reaches(text.slice(last.end, date.start)) ? last : undefined;
    const role = (carried?.role ?? (direct && roleOf(text, cues, direct))) as EntityType | undefined;
    if (!role && (date.needsCue || cueOfCode(text, cue, date))) continue;
    entities.push(entityOf(text, date, role));
    last = { end: date.end, role: role ?? 'DATE' };
  }
  return entities;
}

/** A date right after `lot` is a lot's name. */
function cueOfCode(text: string, cue: Cue | undefined, date: FoundDate): boolean {
  if (!cue || (cue.role !== 'LOT' && cue.role !== 'SERIAL')) return false;
  const between = text.slice(cue.end, date.start);
  const tight = /^[a-z\d]+$/i.test(text.slice(date.start, date.end));
  return tight ? LIST_OF_CODES.test(between) : /^[\s:#.=-]*$/.test(between);
}

/** `sell by dates prior to 11/23/2013`: the plain word takes the meaning of the cue that it follows. */
function roleOf(text: string, cues: readonly Cue[], cue: Cue): string {
  if (cue.role !== 'DATE') return cue.role;
  const before = cues[cues.indexOf(cue) - 1];
  if (!before || !DATE_ROLES.has(before.role)) return cue.role;
  return reaches(text.slice(before.end, cue.start)) ? before.role : cue.role;
}

function reaches(between: string): boolean {
  if (between.length > 60) return false;
  const words = between.split(/[\s,;:()"“”=*.#-]+/).filter(Boolean);
  return words.length <= MAX_WORDS_BETWEEN && words.every((word) => CARRY.test(word));
}

function entityOf(text: string, date: FoundDate, role: EntityType | undefined): Entity {
  const { start, end, value } = date;
  const confidence = (role && role !== 'DATE' ? 0.95 : 0.7) - (date.doubtful ? 0.2 : 0);
  return { type: role ?? 'DATE', start, end, surface: text.slice(start, end), value, confidence };
}
