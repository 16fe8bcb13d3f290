import { describe, expect, it } from '@jest/globals';
import type { RecallCriteria } from './recall-criteria.js';
import { recallInputOf } from './recall-input.js';

const MILK = 'https://id.gs1.org/01/09521234000013';
const NOTHING: RecallCriteria = {
  products: [],
  lots: [],
  serials: [],
  logisticUnits: [],
  items: [],
  sites: [],
  bestBefore: null,
  made: null,
  received: null,
  unresolved: [],
  confidence: 0,
};

describe('what a recall is opened with', () => {
  it('is the lots that a text names, not their whole product', () => {
    const known = `${MILK}/10/L7`;
    const criteria = { ...NOTHING, products: [MILK], lots: ['L7', 'L 8'], items: [known], sites: ['site'] };
    expect(recallInputOf(criteria)).toEqual({
      items: [known, `${MILK}/10/L%208`],
      products: [],
      sites: [],
      from: null,
      to: null,
    });
  });

  it('is a product in the days that it was made, whole days to the end', () => {
    const made = { from: '2026-01-30', to: '2026-01-31' };
    expect(recallInputOf({ ...NOTHING, products: [MILK], made })).toEqual({
      items: [],
      products: [MILK],
      sites: [],
      from: '2026-01-30T00:00:00.000Z',
      to: '2026-02-01T00:00:00.000Z',
    });
  });

  it('is nothing where a lot has no product or nothing is named', () => {
    expect(recallInputOf({ ...NOTHING, lots: ['L7'] })).toBeNull();
    expect(recallInputOf({ ...NOTHING, lots: ['L7'], sites: ['site'] })).toBeNull();
    expect(recallInputOf(NOTHING)).toBeNull();
  });
});
