import { featuresOf, termsOf, type FeaturedText } from '../features/feature-space.js';
import { NlpError } from '../nlp.errors.js';
import type { TextModel } from './text-model.js';

/** A place in the text, UTF-16 offsets, end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** What one feature adds to the odds of a label. */
export interface Contribution {
  readonly kind: 'term' | 'phrase' | 'evidence';
  /** The words as they stand in the text. */
  readonly words: string;
  /** Of evidence, the label whose phrases these are; else null. */
  readonly evidenceFor: string | null;
  /** Added to the logarithm of the odds; below 0 it speaks against. */
  readonly weight: number;
  readonly spans: readonly Span[];
}

/** An exact account: `bias` and all contributions add up to `logOdds`. */
export interface Explanation {
  readonly label: string;
  readonly logOdds: number;
  readonly bias: number;
  /** Strongest first, for or against. */
  readonly contributions: readonly Contribution[];
}

/** Where each term of the text stands. */
function termSpans({ words }: FeaturedText, text: string): Map<string, Span[]> {
  const spans = new Map<string, Span[]>();
  let at = -1;
  // termsOf gives, for each word, its stem, perhaps the stem as heading, perhaps the pair with the word before.
  for (const term of termsOf(words, text)) {
    const heading = term.startsWith('^');
    const pair = term.includes(' ');
    if (!heading && !pair) at += 1;
    const { start } = words[pair ? at - 1 : at]!;
    spans.set(term, [...(spans.get(term) ?? []), { start, end: words[at]!.end }]);
  }
  return spans;
}

/**
 * Which words carried a label: the score is a sum, so each part of it is exact.
 *
 * @throws NlpError `LABEL_UNKNOWN`
 */
export function explain(model: TextModel, text: string, label: string): Explanation {
  const index = model.labels.indexOf(label);
  if (index < 0)
    throw new NlpError(
      'LABEL_UNKNOWN',
      `the model has no label "${label}"; it has ${model.labels.join(', ')}`,
    );
  const featured = featuresOf(text, model.space);
  const { weights, bias } = model.scores[index]!;
  const { terms, matcher, labels } = model.space;
  const spans = termSpans(featured, text);
  const matches = new Map(matcher.match(featured.words).map((match) => [match.phrase, match]));
  const phraseSpan = (phrase: number): Span => {
    const { first, last } = matches.get(phrase)!;
    return { start: featured.words[first]!.start, end: featured.words[last]!.end };
  };
  const wordsAt = ({ start, end }: Span): string => text.slice(start, end);
  const firstEvidence = terms.terms.length + matcher.phrases.length;
  const describe = (feature: number): Omit<Contribution, 'weight'> => {
    if (feature < terms.terms.length) {
      const places = spans.get(terms.terms[feature]!)!;
      return { kind: 'term', words: wordsAt(places[0]!), evidenceFor: null, spans: places };
    }
    if (feature < firstEvidence) {
      const place = phraseSpan(feature - terms.terms.length);
      return { kind: 'phrase', words: wordsAt(place), evidenceFor: null, spans: [place] };
    }
    const owner = feature - firstEvidence;
    const owned = [...matches.keys()].filter((phrase) => model.space.owners[phrase]!.includes(owner));
    const places = owned.map(phraseSpan);
    const words = places.map(wordsAt).join(', ');
    return { kind: 'evidence', words, evidenceFor: labels[owner]!, spans: places };
  };
  const { indices, values } = featured.vector;
  const contributions = Array.from(indices, (feature, at) => ({
    ...describe(feature),
    weight: values[at]! * weights[feature]!,
  }));
  const logOdds = contributions.reduce((sum, { weight }) => sum + weight, bias);
  contributions.sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
  return { label, logOdds, bias, contributions };
}
