import { describe, expect, it } from '@jest/globals';
import { excerptOf } from './excerpt.js';
import { fuseRankings } from './fusion.js';
import { fromBytes, quantise, toBytes } from './quantised.js';
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

describe('fusion', () => {
  it('puts first what stands high in both rankings, whatever their scores were', () => {
    const fused = fuseRankings([
      ['a', 'b', 'c'],
      ['b', 'd'],
    ]);
    expect(fused.map(({ id }) => id)).toEqual(['b', 'a', 'd', 'c']);
    expect(fused[0]?.ranks).toEqual([2, 1]);
    expect(fused[2]?.ranks).toEqual([null, 2]);
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
