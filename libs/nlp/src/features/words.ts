import { stem } from './stem.js';

/** A word of a text as features see it, and where it stands in the text. */
export interface Word {
  /** Lower case, without possessive; `0` for a number, `xdate` for a date. */
  readonly folded: string;
  readonly stem: string;
  /** UTF-16 offsets of the original, end exclusive. */
  readonly start: number;
  readonly end: number;
}

/** Characters of a text that a classifier reads; what follows does not count. */
export const READ_CHARACTERS = 20_000;

const MONTH =
  '(?:jan(?:uary|\\.)?|feb(?:ruary|\\.)?|mar(?:ch|\\.)?|apr(?:il|\\.)?|may|june?\\.?|july?\\.?|aug(?:ust|\\.)?|' +
  'sept?(?:ember|\\.)?|oct(?:ober|\\.)?|nov(?:ember|\\.)?|dec(?:ember|\\.)?)';
const PIECE = new RegExp(
  `(?<date>\\b${MONTH}\\s{0,3}\\d{1,2}\\b(?:\\s{0,3},?\\s{0,3}(?:19|20)\\d\\d)?)` +
    '|(?<number>(?<![\\p{L}\\p{N}])\\p{N}[\\p{N}.,/]{0,40}(?![\\p{L}\\p{N}]))' +
    "|(?<word>[\\p{L}\\p{N}]{1,40}(?:['’][\\p{L}]{1,10})?)",
  'giu',
);

function fold(word: string): string {
  const lower = word.normalize('NFKC').toLowerCase().replace('’', "'");
  const apostrophe = lower.indexOf("'");
  return apostrophe < 0 ? lower : lower.endsWith("'s") ? lower.slice(0, apostrophe) : lower.replace("'", '');
}

/**
 * The words of a text in reading order. Numbers are one word `0` and dates one word `xdate`: which lot and which day
 * says nothing of why. A negation is a word like others and forms word pairs with what it negates.
 *
 * @example wordsOf("Firm's 20 lots, Jan. 5, 2020").map(({ folded }) => folded) // ['firm', '0', 'lots', 'xdate']
 */
export function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  for (const match of text.slice(0, READ_CHARACTERS).matchAll(PIECE)) {
    const { date, number } = match.groups!;
    const folded = date ? 'xdate' : number ? '0' : fold(match[0]);
    words.push({ folded, stem: stem(folded), start: match.index, end: match.index + match[0].length });
  }
  return words;
}
