import { describe, expect, it } from '@jest/globals';
import { parameterWords } from './parameter-words.js';

describe('parameters of a rule', () => {
  it('are read as words with their units, in the order of the rule set', () => {
    expect(parameterWords({ maxProbability: 0.015, maxGapHours: 18 })).toEqual([
      ['Max probability', '0.015'],
      ['Max gap hours', '18'],
    ]);
    expect(parameterWords({})).toEqual([]);
  });
});
