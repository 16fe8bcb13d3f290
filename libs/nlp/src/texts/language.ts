import { createRequire } from 'node:module';

type Detector = Pick<typeof import('tinyld'), 'detectAll'>;

let detector: Detector | undefined;

/** ISO 639-3 for a text whose language cannot be told. */
export const UNDETERMINED = 'und';

const LETTERS = /\p{L}/gu;
/** Below this many letters a language is a guess. */
const LEAST_LETTERS = 20;
const LEAST_ACCURACY = 0.15;
/** What is read of a long text. */
const READ_CHARACTERS = 2_000;

/** Postgres's configuration for full-text search of a language; `simple` folds case and nothing else. */
const SEARCH_CONFIG: Readonly<Record<string, string>> = {
  ar: 'arabic',
  da: 'danish',
  de: 'german',
  el: 'greek',
  en: 'english',
  es: 'spanish',
  fi: 'finnish',
  fr: 'french',
  hu: 'hungarian',
  it: 'italian',
  nl: 'dutch',
  no: 'norwegian',
  pt: 'portuguese',
  ro: 'romanian',
  ru: 'russian',
  sv: 'swedish',
  tr: 'turkish',
};

/**
 * The language of a text as ISO 639-1, or `und` when there are fewer than 20 letters or no language stands out.
 *
 * @example detectLanguage('Die Charge wurde wegen Salmonellen zurückgerufen.') // 'de'
 */
export function detectLanguage(text: string): string {
  const read = text.slice(0, READ_CHARACTERS);
  if ((read.match(LETTERS)?.length ?? 0) < LEAST_LETTERS) return UNDETERMINED;
  // Its tables of words take a quarter of a second to read, which nobody should wait for who has no text.
  detector ??= createRequire(import.meta.url)('tinyld') as Detector;
  const [best] = detector.detectAll(read);
  return best && best.accuracy >= LEAST_ACCURACY ? best.lang : UNDETERMINED;
}

/** The configuration under which a text of the language is searched. A name of Postgres, safe in SQL. */
export function searchConfigOf(language: string): string {
  return (Object.hasOwn(SEARCH_CONFIG, language) && SEARCH_CONFIG[language]) || 'simple';
}
