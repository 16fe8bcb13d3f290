import type { LabelGuide } from '../classifier/label-guide.js';
import { phraseMatcher, type PhraseMatcher } from './phrases.js';
import { sparseVector, type SparseVector } from './sparse.js';
import { countTerms, fitTermSpace, type TermSpace, tfIdf } from './tf-idf.js';
import { wordsOf, type Word } from './words.js';

/** Training texts that a term must stand in. */
const MIN_DOCUMENTS = 2;
/** Terms that a model keeps at most: what a file's description holds. */
const MOST_TERMS = 25_000;
/** Phrases of one label that count; more of them say nothing new. */
const MOST_EVIDENCE = 2;
/** Value of a phrase that is there; smaller than 1, so that one phrase is not learned by heart. */
export const PHRASE_VALUE = 0.5;

/** How texts become vectors: terms, then phrases of the guide, then for each label how many of its phrases are there. */
export interface FeatureSpace {
  readonly terms: TermSpace;
  readonly matcher: PhraseMatcher;
  readonly labels: readonly string[];
  /** For each phrase the labels it speaks for, by index. */
  readonly owners: readonly (readonly number[])[];
  readonly width: number;
}

/** A text as features, with what explains them. */
export interface FeaturedText {
  readonly words: readonly Word[];
  readonly vector: SparseVector;
}

/** Word stems and pairs of neighbouring stems; stems of a heading (the first of several lines) once more, as `^stem`. */
export function* termsOf(words: readonly Word[], text: string): Generator<string> {
  const heading = text.indexOf('\n');
  for (let at = 0; at < words.length; at++) {
    yield words[at]!.stem;
    if (words[at]!.end <= heading) yield `^${words[at]!.stem}`;
    if (at > 0) yield `${words[at - 1]!.stem} ${words[at]!.stem}`;
  }
}

export function featureSpace(terms: TermSpace, labels: readonly string[], guide: LabelGuide): FeatureSpace {
  const phrases = [...new Set(labels.flatMap((label) => guide.labels[label]?.phrases ?? []))];
  const owners = phrases.map((phrase) =>
    labels.flatMap((label, index) => (guide.labels[label]?.phrases.includes(phrase) ? [index] : [])),
  );
  const matcher = phraseMatcher(phrases);
  return { terms, matcher, labels, owners, width: terms.terms.length + phrases.length + labels.length };
}

/** Learns terms from training texts; phrases come from the guide. */
export function fitFeatureSpace(
  texts: readonly string[],
  labels: readonly string[],
  guide: LabelGuide,
): FeatureSpace {
  const documents = texts.map((text) => countTerms(termsOf(wordsOf(text), text)));
  return featureSpace(
    fitTermSpace(documents, { minDocuments: MIN_DOCUMENTS, mostTerms: MOST_TERMS }),
    labels,
    guide,
  );
}

/**
 * How much of what a text says was in the training texts: the share of its terms that are known, rare ones counting
 * more; 0 for a text without words.
 */
export function familiarity(words: readonly Word[], { terms: { indexOf, idf } }: FeatureSpace): number {
  const rarest = idf.reduce((most, value) => Math.max(most, value), 1);
  let [known, all] = [0, 0];
  for (const term of new Set(termsOf(words, ''))) {
    const index = indexOf.get(term);
    const weight = index === undefined ? rarest : idf[index]!;
    all += weight;
    if (index !== undefined) known += weight;
  }
  return all === 0 ? 0 : known / all;
}

/** The features of one text. */
export function featuresOf(text: string, space: FeatureSpace): FeaturedText {
  const words = wordsOf(text);
  const { terms, matcher, owners, labels } = space;
  const { indices, values } = tfIdf(countTerms(termsOf(words, text)), terms, true);
  const entries: [number, number][] = Array.from(indices, (index, at) => [index, values[at]!]);
  const evidence = new Float64Array(labels.length);
  const firstPhrase = terms.terms.length;
  for (const { phrase } of matcher.match(words)) {
    entries.push([firstPhrase + phrase, PHRASE_VALUE]);
    for (const owner of owners[phrase]!) evidence[owner]! += 1;
  }
  const firstEvidence = firstPhrase + matcher.phrases.length;
  evidence.forEach((count, label) => {
    if (count > 0) entries.push([firstEvidence + label, PHRASE_VALUE * Math.min(count, MOST_EVIDENCE)]);
  });
  return { words, vector: sparseVector(entries) };
}
