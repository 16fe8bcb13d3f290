import { describe, expect, it } from '@jest/globals';
import { topicPlacer } from './topic-vectors.js';
import { fitWordSpace, wordPlacer } from './word-space.js';

const THINGS = [
  ['seal', 'lock', 'bolt'],
  ['driver', 'ferry', 'train'],
];
const HAPPENINGS = [
  ['was broken on arrival', 'had been cut and glued'],
  ['waited at the border', 'was stopped by snow'],
];
/** Every thing with every happening of its subject, some said more often. */
const texts = THINGS.flatMap((things, subject) =>
  things.flatMap((thing) =>
    HAPPENINGS[subject]!.flatMap((happening) => [`the ${thing} ${happening}`, `${thing} ${happening}`]),
  ),
);
const cosine = (a: Float32Array, b: Float32Array): number =>
  a.reduce((sum, value, at) => sum + value * b[at]!, 0);

describe('a space of words', () => {
  const space = fitWordSpace(texts, 1);
  const place = wordPlacer(space);

  it('puts texts together that share no word but are told with the same words', () => {
    const seal = place('seal was broken on arrival');
    expect(cosine(seal, place('bolt had been cut and glued'))).toBeGreaterThan(0.3);
    expect(cosine(seal, place('train was stopped by snow'))).toBeLessThan(0.1);
  });

  it('is the same for the same seed', () => {
    expect(fitWordSpace(texts, 1)).toEqual(space);
  });

  it('puts texts of no known word nowhere, and has no place where there is no word to tell by', () => {
    expect([...place('nothing whatsoever')].every((value) => value === 0)).toBe(true);
    expect(fitWordSpace(['word', 'word', 'other'], 1).dimensions).toBe(0);
    expect(fitWordSpace([], 1).words).toEqual([]);
  });

  it('leaves a text that an encoder makes nothing of at zeros, and one of unknown words to its meaning', () => {
    const joint = topicPlacer(space);
    expect(joint('seal', new Float32Array(2)).every((value) => value === 0)).toBe(true);
    expect([...joint('nothing whatsoever', Float32Array.of(0.6, 0.8)).subarray(0, 2)]).toEqual([
      ...Float32Array.of(0.6, 0.8),
    ]);
    const both = joint('seal', Float32Array.of(0.6, 0.8));
    expect(cosine(both, both)).toBeCloseTo(1, 5);
  });
});
