import { describe, expect, it } from '@jest/globals';
import { findingFilter } from './finding-filter.js';

describe('findingFilter', () => {
  it('takes known values and leaves out what the api would refuse', () => {
    const search = new URLSearchParams('rule=R7&state=SOON&severity=HIGH&subject= x &other=1');
    expect(findingFilter(search)).toEqual({ rule: 'R7', severity: 'HIGH', subject: 'x' });
  });
});
