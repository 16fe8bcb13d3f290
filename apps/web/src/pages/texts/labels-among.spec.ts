import { describe, expect, it } from '@jest/globals';
import { labelsAmong } from './labels-among.js';

describe('labels to choose from', () => {
  it('are those of the model and those that people gave, each once', () => {
    expect(labelsAmong(['Mislabeling', 'Allergens'], ['Theft', 'Allergens'])).toEqual([
      'Allergens',
      'Mislabeling',
      'Theft',
    ]);
    expect(labelsAmong([], [])).toEqual([]);
  });
});
