import { sha256Hex } from '@tallyhouse/proofs';
import { FDA, FSIS, rowsOf } from '../nlp-search/corpus.js';

/** Characters of a body that are read, as `nlp distil` reads them. */
const READ_CHARACTERS = 600;
/** FDA notices learned from beside those of FSIS: as many as a world of some thousand texts has. */
const FDA_TEXTS = Number(process.env['FDA_TEXTS'] ?? 1_000);

/** A notice: its title is a query for its own summary. */
export interface Notice {
  readonly title: string;
  readonly summary: string;
}

export interface Corpus {
  /** What the student learns from: no pair is told, only texts. */
  readonly learned: readonly string[];
  /** Notices of the other half; no title and no summary of theirs was learned from. */
  readonly judged: readonly Notice[];
}

const hashOf = (text: string): string => sha256Hex(new TextEncoder().encode(text));
/** Which half is learned from: the other one with `SWAP=1`. */
const LEARNED_HALF = process.env['SWAP'] === '1' ? 1 : 0;
const isLearned = (text: string): boolean => Number.parseInt(hashOf(text).slice(-1), 16) % 2 === LEARNED_HALF;
/** Texts learned from at most, drawn by their hash. */
const MOST_TEXTS = Number(process.env['TEXTS'] ?? Infinity);

const byHash = (texts: readonly string[]): string[] =>
  texts.toSorted((a, b) => (hashOf(a) < hashOf(b) ? -1 : 1));

/** Halves by the hash of the summary, so that a notice published twice is in one of them. */
export function readCorpus(): Corpus {
  const fsis = rowsOf(FSIS)
    .map(({ title, summary }) => ({ title: title!, summary: summary!.slice(0, READ_CHARACTERS) }))
    .filter(({ title, summary }) => title !== '' && summary !== '');
  const fda = rowsOf(FDA)
    .map((row) => `${row['product_description']}. ${row['reason_for_recall']}`.slice(0, READ_CHARACTERS))
    .filter(isLearned);
  const learned = new Set(
    fsis
      .filter(({ summary }) => isLearned(summary))
      .flatMap(({ title, summary }) => [title, summary])
      .concat(byHash([...new Set(fda)]).slice(0, FDA_TEXTS)),
  );
  const judged = new Map<string, Notice>();
  for (const notice of fsis)
    if (!isLearned(notice.summary) && !learned.has(notice.title)) judged.set(notice.summary, notice);
  return { learned: byHash([...learned]).slice(0, MOST_TEXTS), judged: [...judged.values()] };
}
