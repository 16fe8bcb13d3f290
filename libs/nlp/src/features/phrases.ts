import { stem } from './stem.js';
import { wordsOf, type Word } from './words.js';

/** A place where a phrase stands: words from `first` to `last`, both included. */
export interface PhraseMatch {
  readonly phrase: number;
  readonly first: number;
  readonly last: number;
}

/** Finds phrases in the words of a text. */
export interface PhraseMatcher {
  readonly phrases: readonly string[];
  /** Each phrase once, where it stands first. */
  match(words: readonly Word[]): PhraseMatch[];
}

interface Part {
  readonly text: string;
  readonly stem: string;
  readonly open: boolean;
}

function partsOf(phrase: string): Part[] {
  return phrase.split(' ').flatMap((piece) =>
    wordsOf(piece.replace('*', '')).map(({ folded }) => ({
      text: folded,
      stem: stem(folded),
      open: piece.endsWith('*'),
    })),
  );
}

const fits = (word: Word, part: Part): boolean =>
  part.open ? word.folded.startsWith(part.text) : word.stem === part.stem;

/** Words that share their first three letters are looked at; a stem is never shorter than that of its word. */
const keyOf = (text: string): string => text.slice(0, 3);

/**
 * @param phrases words apart by one blank; a word stands for all of its stem, `contamin*` for all that begins so
 * @example phraseMatcher(['foreign m*']).match(wordsOf('with foreign materials')) // [{ phrase: 0, first: 1, last: 2 }]
 */
export function phraseMatcher(phrases: readonly string[]): PhraseMatcher {
  const byKey = new Map<string, { phrase: number; parts: Part[] }[]>();
  phrases.forEach((text, phrase) => {
    const parts = partsOf(text);
    if (parts.length === 0) return;
    const key = keyOf(parts[0]!.text);
    byKey.set(key, [...(byKey.get(key) ?? []), { phrase, parts }]);
  });
  return {
    phrases,
    match(words) {
      const found = new Map<number, PhraseMatch>();
      for (let first = 0; first < words.length; first++) {
        for (const { phrase, parts } of byKey.get(keyOf(words[first]!.folded)) ?? []) {
          const last = first + parts.length - 1;
          if (found.has(phrase) || last >= words.length) continue;
          if (parts.every((part, at) => fits(words[first + at]!, part)))
            found.set(phrase, { phrase, first, last });
        }
      }
      return [...found.values()];
    },
  };
}
