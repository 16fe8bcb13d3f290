/** Characters of a body that are taken; a longer one is refused, never cut. */
export const MAX_BODY_CHARACTERS = 20_000;
/** Characters of a title. */
export const MAX_TITLE_CHARACTERS = 500;

/** Controls but for line feed and tab; marks that turn the direction of writing or are not seen. */
const UNSEEN =
  /[[\p{Cc}--[\n\t]]\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/gv;

/**
 * The one form of a text under which it is stored and hashed: Unicode NFC, well formed, line ends as `\n`, without
 * controls and unseen marks, runs of blanks folded to one, at most one empty line in a row, trimmed. Doing it twice
 * changes nothing.
 *
 * @example normaliseText('  Lot\u202e 7\r\n\r\n\r\nrecalled ') // 'Lot 7\n\nrecalled'
 */
export function normaliseText(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n')
    .replace(UNSEEN, '')
    .normalize('NFC')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** The normal form on one line, for titles and names. */
export function normaliseLine(text: string): string {
  return normaliseText(text).replace(/\n+/g, ' ');
}
