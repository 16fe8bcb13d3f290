import { describe, expect, it } from '@jest/globals';
import { addressHolder } from './rate-limits.js';
import { TokenBuckets, type Quota } from './token-buckets.js';

const SIXTY: Quota = { name: 'address', perMinute: 60 };
const THREE: Quota = { name: 'key', perMinute: 3 };

describe('token buckets', () => {
  it('let a minute’s worth through at once, then one a second', () => {
    const buckets = new TokenBuckets();
    const take = (nowMs: number) => buckets.take([{ quota: SIXTY, holder: 'a' }], nowMs)!;
    for (let left = 59; left >= 0; left -= 1) {
      expect(take(0)).toMatchObject({ isAllowed: true, remaining: left });
    }
    expect(take(0)).toEqual({ quota: SIXTY, isAllowed: false, remaining: 0, waitS: 1 });
    expect(take(999).isAllowed).toBe(false);
    expect(take(1_000).isAllowed).toBe(true);
    expect(take(1_001).isAllowed).toBe(false);
  });

  it('never let more through than the quota and what the time gives', () => {
    const buckets = new TokenBuckets();
    let passed = 0;
    for (let nowMs = 0; nowMs < 600_000; nowMs += 137) {
      passed += buckets.take([{ quota: SIXTY, holder: 'a' }], nowMs)!.isAllowed ? 1 : 0;
    }
    expect(passed).toBeLessThanOrEqual(60 + 600);
    expect(passed).toBeGreaterThanOrEqual(60 + 598);
  });

  it('of one empty bucket takes nothing from the others', () => {
    const buckets = new TokenBuckets();
    const both = (holder: string) =>
      buckets.take(
        [
          { quota: SIXTY, holder: 'a' },
          { quota: THREE, holder },
        ],
        0,
      )!;
    for (let round = 0; round < 3; round += 1) both('k');
    for (let round = 0; round < 100; round += 1)
      expect(both('k')).toMatchObject({ isAllowed: false, waitS: 20 });
    expect(buckets.take([{ quota: SIXTY, holder: 'a' }], 0)).toMatchObject({ remaining: 56 });
  });

  it('tell of the tightest, and of nothing where nothing is limited', () => {
    const buckets = new TokenBuckets();
    const claims = [SIXTY, THREE].map((quota) => ({ quota, holder: 'a' }));
    expect(buckets.take(claims, 0)).toMatchObject({ quota: THREE, remaining: 2 });
    expect(buckets.take([{ quota: { name: 'off', perMinute: 0 }, holder: 'a' }], 0)).toBeUndefined();
  });

  it('hold a bounded number of holders, those who came last', () => {
    const buckets = new TokenBuckets(10);
    const take = (holder: string) => buckets.take([{ quota: THREE, holder }], 0)!;
    take('kept');
    for (let index = 0; index < 1_000; index += 1) {
      take(`stranger ${index}`);
      take('kept');
    }
    expect(buckets.size).toBe(10);
    expect(take('kept').isAllowed).toBe(false);
  });
});

describe('holder of an address', () => {
  it('is the network that one subscriber is given', () => {
    expect(addressHolder('203.0.113.9')).toBe('203.0.113.9');
    expect(addressHolder('::ffff:203.0.113.9')).toBe('203.0.113.9');
    expect(addressHolder('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2');
    expect(addressHolder('2001:0db8:1:2::6')).toBe('2001:db8:1:2');
    expect(addressHolder('2001:db8::6')).toBe('2001:db8:0:0');
    expect(addressHolder('2001:db8:0:1::1')).toBe(addressHolder('2001:DB8:0:1:ffff:2:3:4'));
    expect(addressHolder('2001:db8:0:2::1')).not.toBe(addressHolder('2001:db8:0:1::1'));
    expect(addressHolder('::ffff:192.0.2.1')).toBe(addressHolder('192.0.2.1'));
    expect(addressHolder('::1')).toBe('0:0:0:0');
    expect(addressHolder(undefined)).toBe('');
  });
});
