import type { TextEntityRow } from '../../network/text-types.js';

/** A piece of a text: plain, a place where personal data was masked, or something that it names. */
export type MarkedPart =
  | { readonly kind: 'PLAIN'; readonly text: string }
  | { readonly kind: 'MASKED'; readonly text: string; readonly what: string }
  | { readonly kind: 'ENTITY'; readonly text: string; readonly entity: TextEntityRow };

const MASK = /\[(EMAIL|IBAN|CARD|NATIONAL_ID|PHONE|IP_ADDRESS|PERSON)\]/g;
const MASK_WORDS: Record<string, string> = {
  EMAIL: 'e-mail address',
  IBAN: 'account number',
  CARD: 'card number',
  NATIONAL_ID: 'personal number',
  PHONE: 'telephone number',
  IP_ADDRESS: 'IP address',
  PERSON: 'name',
};

export const maskWord = (kind: string): string => MASK_WORDS[kind] ?? kind.toLowerCase();

/**
 * Cuts a text at its masked places and entities, in order; put together again the pieces are the text. Where two
 * entities overlap the first stands. A text that says `[EMAIL]` itself looks masked: what was there cannot be told.
 */
export function markedParts(text: string, entities: readonly TextEntityRow[]): MarkedPart[] {
  const masks = [...text.matchAll(MASK)].map((found) => ({
    start: found.index,
    end: found.index + found[0].length,
    what: found[1]!,
  }));
  const marks = [...masks, ...entities.map((entity) => ({ ...entity, what: undefined, entity }))]
    .filter(({ start, end }) => start >= 0 && start < end && end <= text.length)
    .sort((a, b) => a.start - b.start || b.end - a.end);
  const parts: MarkedPart[] = [];
  let at = 0;
  for (const mark of marks) {
    if (mark.start < at) continue;
    if (mark.start > at) parts.push({ kind: 'PLAIN', text: text.slice(at, mark.start) });
    const words = text.slice(mark.start, mark.end);
    if ('entity' in mark) parts.push({ kind: 'ENTITY', text: words, entity: mark.entity });
    else parts.push({ kind: 'MASKED', text: words, what: mark.what });
    at = mark.end;
  }
  if (at < text.length) parts.push({ kind: 'PLAIN', text: text.slice(at) });
  return parts;
}
