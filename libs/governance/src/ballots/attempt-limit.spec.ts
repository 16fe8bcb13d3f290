import { describe, expect, it } from '@jest/globals';
import { AttemptLimit } from './attempt-limit.js';

const HOUR_MS = 3_600_000;

describe('AttemptLimit', () => {
  it('takes so many an hour from one address, and says how long to wait', () => {
    const limit = new AttemptLimit(2);
    expect([limit.attempt('192.0.2.1', 0), limit.attempt('192.0.2.1', 1_000)]).toEqual([0, 0]);
    expect(limit.attempt('192.0.2.1', 1_500)).toBe(3_599);
    expect(limit.attempt('192.0.2.2', 1_500)).toBe(0);
    expect(limit.attempt('192.0.2.1', HOUR_MS)).toBe(0);
  });

  it('keeps no more than 10,000 addresses', () => {
    const limit = new AttemptLimit(1);
    for (let index = 0; index <= 10_000; index++)
      limit.attempt(`10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`, 0);
    expect(limit.attempt('10.0.0.0', 0)).toBe(0);
    expect(limit.attempt('10.0.39.16', 0)).toBeGreaterThan(0);
  });
});
