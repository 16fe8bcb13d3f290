import { describe, expect, it } from '@jest/globals';
import { phraseMatcher } from './phrases.js';
import { joined, sparseVector } from './sparse.js';
import { stem } from './stem.js';
import { countTerms, fitTermSpace, tfIdf } from './tf-idf.js';
import { wordsOf } from './words.js';

const folded = (text: string): string[] => wordsOf(text).map((word) => word.folded);

describe('words', () => {
  it('folds dates, numbers, case and possessives', () => {
    expect(folded("WASHINGTON, Jan. 5, 2020 – Firm's 1,200 lbs. of Re-Inspected pork’s")).toEqual([
      ...['washington', 'xdate', 'firm', '0', 'lbs', 'of', 're', 'inspected', 'pork'],
    ]);
  });

  it('keeps a code of letters and digits whole', () => {
    expect(folded('E. coli O157:H7')).toEqual(['e', 'coli', 'o157', 'h7']);
  });

  it('gives offsets into the original', () => {
    const text = 'Ｂｅｅｆ\u200b, recalled';
    expect(wordsOf(text).map(({ start, end }) => text.slice(start, end))).toEqual(['Ｂｅｅｆ', 'recalled']);
  });

  it.each(['', '…', '\ud83d', ' '.repeat(50_000)])('finds none in %j', (text) => {
    expect(wordsOf(text)).toEqual([]);
  });

  it('reads a hostile text in time that grows with its length only', () => {
    for (const text of ["a'".repeat(10_000), '1.'.repeat(10_000), 'march '.repeat(4_000), 'x'.repeat(20_000)])
      expect(wordsOf(text).length).toBeGreaterThan(0);
  });

  it('stems so that forms of a word fall together', () => {
    for (const forms of [
      ['recall', 'recalls', 'recalled', 'recalling'],
      ['label', 'labels', 'labeled', 'labeling'],
      ['allergy', 'allergies'],
    ])
      expect(new Set(forms.map(stem)).size).toBe(1);
    expect(stem('was')).toBe('was');
  });
});

describe('a phrase matcher', () => {
  const found = (phrases: string[], text: string): string[] =>
    phraseMatcher(phrases)
      .match(wordsOf(text))
      .map(({ phrase }) => phrases[phrase]!);

  it('finds whole words by stem and open ones by beginning', () => {
    expect(found(['label', 'contamin*', 'import'], 'Labels may be contaminated; important')).toEqual([
      'label',
      'contamin*',
    ]);
  });

  it('finds phrases across hyphens, once each', () => {
    expect(
      found(['re inspection', 'under process*'], 'under-processed, re-inspection, re-inspection'),
    ).toEqual(['under process*', 're inspection']);
  });
});

describe('TF-IDF', () => {
  it('weighs a rare term more, scales to length 1, and leaves out terms of one text', () => {
    const documents = ['beef recall', 'beef recall', 'pork recall', 'egg'].map((text) =>
      countTerms(text.split(' ')),
    );
    const space = fitTermSpace(documents, { minDocuments: 2 });
    expect(space.terms).toEqual(['beef', 'recall']);
    expect(space.idf[0]).toBeCloseTo(Math.log(5 / 3) + 1, 12);
    const { values } = tfIdf(documents[0]!, space, true);
    expect(values[0]).toBeGreaterThan(values[1]!);
    expect(Math.hypot(...values)).toBeCloseTo(1, 12);
    expect(tfIdf(countTerms(['unknown']), space, true).indices).toHaveLength(0);
  });
});

describe('sparse rows', () => {
  it('stand beside each other after joining', () => {
    const row = joined([
      { rows: [sparseVector([[1, 2]])], width: 3 },
      {
        rows: [
          sparseVector([
            [2, 7],
            [0, 5],
            [1, 0],
          ]),
        ],
        width: 3,
      },
    ]).rows[0]!;
    expect([...row.indices]).toEqual([1, 3, 5]);
    expect([...row.values]).toEqual([2, 5, 7]);
  });
});
