import { balancedWeights, fitLogistic, sigmoid } from '../classifier/logistic.js';
import { targetsOf, type LabelledText } from '../classifier/labelled-text.js';
import { dot, joined, type SparseRows } from '../features/sparse.js';
import { countTerms, fitTermSpace, tfIdf } from '../features/tf-idf.js';

/** Probabilities of labels, one column a label, one entry a text. */
export interface LabelProbabilities {
  readonly labels: readonly string[];
  readonly columns: readonly Float64Array[];
}

const BASELINE = { minDocuments: 2, sublinear: true, inversePenalty: 10, tolerance: 1e-4 } as const;

function* wordGrams(text: string): Generator<string> {
  const words = text.toLowerCase().match(/[\p{L}\p{N}_]{2,}/gu) ?? [];
  for (let at = 0; at < words.length; at++) {
    yield words[at]!;
    if (at > 0) yield `${words[at - 1]} ${words[at]}`;
  }
}

function* characterGrams(text: string): Generator<string> {
  const folded = text.toLowerCase().replace(/\s\s+/gu, ' ');
  for (let size = 3; size <= 5; size++) {
    for (let at = 0; at + size <= folded.length; at++) yield folded.slice(at, at + size);
  }
}

function vectorised(
  training: readonly string[],
  evaluated: readonly string[],
  grams: (text: string) => Iterable<string>,
): [SparseRows, SparseRows] {
  const documents = training.map((text) => countTerms(grams(text)));
  const space = fitTermSpace(documents, BASELINE);
  const width = space.terms.length;
  return [
    { rows: documents.map((counts) => tfIdf(counts, space, BASELINE.sublinear)), width },
    { rows: evaluated.map((text) => tfIdf(countTerms(grams(text)), space, BASELINE.sublinear)), width },
  ];
}

/**
 * The peer that every figure stands beside: TF-IDF over words 1–2 and characters 3–5 (terms of at least two training
 * texts), one-vs-rest logistic regression with C = 10 and balanced classes, run to convergence.
 */
export function baselineProbabilities(
  training: readonly LabelledText[],
  evaluated: readonly string[],
): LabelProbabilities {
  const texts = training.map(({ text }) => text);
  const [wordsIn, wordsOut] = vectorised(texts, evaluated, wordGrams);
  const [charactersIn, charactersOut] = vectorised(texts, evaluated, characterGrams);
  const rows = joined([wordsIn, charactersIn]);
  const wanted = joined([wordsOut, charactersOut]).rows;
  const { labels, columns } = targetsOf(training);
  const probabilities = columns.map((targets) => {
    const rowWeights = balancedWeights(targets);
    const { weights, bias } = fitLogistic(rows, targets, { ...BASELINE, rowWeights });
    return Float64Array.from(wanted, (row) => sigmoid(dot(row, weights) + bias));
  });
  return { labels, columns: probabilities };
}
