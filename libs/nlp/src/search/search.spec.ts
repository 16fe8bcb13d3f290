import { describe, expect, it } from '@jest/globals';
import { excerptOf } from './excerpt.js';
import { fromBytes, quantise, toBytes } from './quantised.js';
import { rankTexts } from './rank-texts.js';
import { VectorIndex } from './vector-index.js';

/** Repeatable numbers around zero. */
const vectorOf = (seed: number, dimensions = 64): Float32Array =>
  Float32Array.from({ length: dimensions }, (_, i) =>
    Math.sin(seed * 12.9898 + i * 78.233 + seed * i * 0.37),
  );

describe('vector index', () => {
  it('finds the nearest of a few exactly, and replaces a vector of the same id', () => {
    const index = new VectorIndex(64);
    for (let seed = 0; seed < 50; seed += 1) index.set(`t${seed}`, quantise(vectorOf(seed)));
    expect(index.nearest(vectorOf(7), 1)[0]).toMatchObject({ id: 't7', similarity: expect.closeTo(1, 2) });
    index.set('t7', quantise(vectorOf(1)));
    expect(index.size).toBe(50);
    expect(index.nearest(vectorOf(1), 2).map(({ id }) => id)).toEqual(['t1', 't7']);
  });

  it('looks only at what is allowed, and at nothing for a vector that says nothing', () => {
    const index = new VectorIndex(64);
    for (let seed = 0; seed < 50; seed += 1) index.set(`t${seed}`, quantise(vectorOf(seed)));
    expect(
      index
        .nearest(vectorOf(7), 9, new Set(['t3', 't4', 'nobody']))
        .map(({ id }) => id)
        .toSorted(),
    ).toEqual(['t3', 't4']);
    expect(index.nearest(new Float32Array(64), 3)).toEqual([]);
    expect(() => index.set('x', new Int8Array(3))).toThrow('3 dimensions, expected 64');
  });

  it('finds by sketch nearly all that comparing every vector finds', () => {
    const index = new VectorIndex(64);
    const seeds = Array.from({ length: 4_000 }, (_, seed) => seed);
    for (const seed of seeds) index.set(`t${seed}`, quantise(vectorOf(seed)));
    const everything = new Set(seeds.map((seed) => `t${seed}`));
    let common = 0;
    for (let query = 0; query < 10; query += 1) {
      const exact = new Set(index.nearest(vectorOf(query + 0.5), 10, everything).map(({ id }) => id));
      common += index.nearest(vectorOf(query + 0.5), 10).filter(({ id }) => exact.has(id)).length;
    }
    expect(common / 100).toBeGreaterThan(0.9);
  });

  it('keeps vectors as bytes and back', () => {
    const vector = quantise(vectorOf(3));
    expect(fromBytes(toBytes(vector))).toEqual(vector);
    expect(quantise(new Float32Array(4))).toEqual(new Int8Array(4));
  });
});

describe('ranking', () => {
  const term = (lexeme: string, weight: number, ...places: number[]) => ({
    ...{ lexeme, weight, places },
    texts: 1,
  });
  const text = (
    id: string,
    similarity: number | null,
    ...found: [term: number, places: number[], inTitle?: number][]
  ) => ({
    ...{ id, similarity, bytes: 100 },
    found: found.map(([at, places, inTitle = 0]) => ({ term: at, places, inTitle })),
  });
  const terms = [term('acme', 4, 1), term('food', 2, 2), term('recal', 1, 3)];
  const order = (by: 'BOTH' | 'MEANING' | 'WORDS', ...texts: ReturnType<typeof text>[]): string[] =>
    rankTexts({ terms, texts }, by).map(({ id }) => id);

  it('puts rare words before frequent ones, and leaves out what has none of them', () => {
    const texts = [text('frequent', 0.9, [1, [5]], [2, [9]]), text('rare', 0, [0, [5]]), text('none', 1)];
    expect(order('WORDS', ...texts)).toEqual(['rare', 'frequent']);
    expect(order('MEANING', ...texts)).toEqual(['none', 'frequent', 'rare']);
  });

  it('prefers words that stand beside each other as they do in the query, and words of the title', () => {
    const apart = text('apart', null, [0, [9]], [1, [2]]);
    expect(
      order(
        'WORDS',
        apart,
        text('turned', null, [0, [3]], [1, [2]]),
        text('pair', null, [0, [2]], [1, [3]]),
      )[0],
    ).toBe('pair');
    expect(order('WORDS', apart, text('headed', null, [0, [9], 1], [1, [2]]))[0]).toBe('headed');
  });

  it('lets meaning decide between texts that say alike, and not against one that says all', () => {
    const all: [number, number[]][] = [
      [0, [1]],
      [1, [2]],
      [2, [3]],
    ];
    expect(order('BOTH', text('far', 0.1, ...all), text('near', 0.8, ...all))).toEqual(['near', 'far']);
    expect(order('BOTH', text('says', 0.2, ...all), text('sounds', 0.9, [2, [3]]))[0]).toBe('says');
  });

  it('has the same order for the same evidence, also of texts that are alike', () => {
    const texts = ['c', 'a', 'b'].map((id) => text(id, null, [0, [1]]));
    expect(order('BOTH', ...texts)).toEqual(['a', 'b', 'c']);
    expect(rankTexts({ terms: [], texts: [] }, 'BOTH')).toEqual([]);
  });
});

describe('excerpt', () => {
  it('marks words of the same stem and adds up to the text', () => {
    const parts = excerptOf('Firm recalls beef; the recall of BEEF goes on', ['recalling', 'beef']);
    expect(parts.filter(({ hit }) => hit).map(({ text }) => text)).toEqual([
      'recalls',
      'beef',
      'recall',
      'BEEF',
    ]);
    expect(parts.map(({ text }) => text).join('')).toBe('Firm recalls beef; the recall of BEEF goes on');
  });

  it('shows the part of a long text with the most hits, cut at words', () => {
    const text = `${'nothing here at all. '.repeat(40)}glass was found in jam and glass in honey. ${'more of it. '.repeat(40)}`;
    const shown = excerptOf(text, ['glass', 'honey'])
      .map((part) => part.text)
      .join('');
    expect(shown).toMatch(/^….*glass was found in jam and glass in honey.*…$/s);
    expect(shown.length).toBeLessThan(300);
  });

  it('leaves markup as the characters that it is', () => {
    expect(excerptOf('<img src=x onerror=alert(1)> beef', ['beef'])).toEqual([
      { text: '<img src=x onerror=alert(1)> ', hit: false },
      { text: 'beef', hit: true },
    ]);
  });
});
