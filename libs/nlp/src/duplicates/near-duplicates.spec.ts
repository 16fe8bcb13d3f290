import { describe, expect, it } from '@jest/globals';
import { bandKeys, estimatedJaccard, minHashSignature } from './min-hash.js';
import { nearDuplicateGroups } from './near-duplicates.js';
import { jaccard, shingles } from './shingles.js';

const NOTICE =
  'Riverside Packers of Dayton, Ohio, is recalling approximately 2,574 pounds of ground beef products that may be ' +
  'contaminated with E. coli O157:H7, the inspection service announced today after routine sampling of the plant';

/** A text of `count` words drawn from `vocabulary` words by a fixed rule. */
function textOf(seed: number, count: number, vocabulary = 5_000): string {
  return Array.from(
    { length: count },
    (_, i) => `w${(seed * 7_919 + i * i * 31 + i * 17) % vocabulary}`,
  ).join(' ');
}

describe('shingles', () => {
  it('do not see case, punctuation or compatibility forms', () => {
    expect(shingles('The ﬁrst, LOT.', 3)).toEqual(shingles('the first lot', 3));
  });

  it('of a text shorter than a shingle are its words as one run', () => {
    expect(shingles('listeria', 3)).toHaveLength(1);
    expect(shingles(' .,; ', 3)).toHaveLength(0);
  });
});

describe('MinHash', () => {
  it('estimates the Jaccard similarity within four standard errors', () => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const a = shingles(textOf(seed, 200), 1);
      const b = shingles(`${textOf(seed, 120)} ${textOf(seed + 100, 80)}`, 1);
      const estimate = estimatedJaccard(minHashSignature(a, seed), minHashSignature(b, seed));
      expect(Math.abs(estimate - jaccard(a, b))).toBeLessThan(4 * 0.044);
    }
  });

  it('gives the same signature for the same seed and another for another', () => {
    const set = shingles(NOTICE, 3);
    expect(minHashSignature(set, 7)).toEqual(minHashSignature(set, 7));
    expect(minHashSignature(set, 7)).not.toEqual(minHashSignature(set, 8));
    expect(new Set(bandKeys(minHashSignature(set))).size).toBe(32);
  });
});

describe('near-duplicate groups', () => {
  it('hold a notice together with its expansion and apart from another notice of the same form', () => {
    const expansion = `${NOTICE.replace('2,574', '9,310')}. This expands the earlier notice`;
    const other = NOTICE.replace('Riverside Packers of Dayton, Ohio', 'Hill Farms of Austin, Texas')
      .replace('ground beef products', 'frozen chicken burritos')
      .replace('E. coli O157:H7', 'pieces of blue plastic')
      .replace('after routine sampling of the plant', 'because a customer complained');
    expect([...nearDuplicateGroups([other, NOTICE, expansion])]).toEqual([0, 1, 1]);
  });

  it('are closed transitively and named by their first text', () => {
    const words = textOf(3, 60).split(' ');
    const drift = [0, 9, 18].map((from) => words.slice(from, from + 40).join(' '));
    expect([...nearDuplicateGroups(drift)]).toEqual([0, 0, 0]);
    expect(jaccard(shingles(drift[0]!, 3), shingles(drift[2]!, 3))).toBeLessThan(0.5);
  });

  it('find every pair above the threshold that all-against-all finds, but for few near it', () => {
    const texts = Array.from({ length: 60 }, (_, i) => {
      const base = textOf(Math.floor(i / 3), 50).split(' ');
      return [...base.slice(0, 50 - (i % 3) * 4), ...textOf(i + 500, (i % 3) * 4).split(' ')].join(' ');
    });
    const groups = nearDuplicateGroups(texts);
    const sets = texts.map((text) => shingles(text, 3));
    let pairs = 0;
    let found = 0;
    for (let a = 0; a < texts.length; a += 1) {
      for (let b = a + 1; b < texts.length; b += 1) {
        if (jaccard(sets[a]!, sets[b]!) < 0.5) continue;
        pairs += 1;
        if (groups[a] === groups[b]) found += 1;
      }
    }
    expect(pairs).toBeGreaterThan(30);
    expect(found / pairs).toBeGreaterThanOrEqual(0.97);
  });

  it('leave texts without words alone, and keep hundreds of equal ones together', () => {
    expect([...nearDuplicateGroups(['', '…', ''])]).toEqual([0, 1, 2]);
    expect(new Set(nearDuplicateGroups(Array.from({ length: 400 }, () => NOTICE))).size).toBe(1);
  });
});
