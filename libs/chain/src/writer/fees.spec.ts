import { describe, expect, it } from '@jest/globals';
import { capped, replacing } from './fees.js';

const fees = (maxFee: bigint, priorityFee: bigint) => ({ maxFee, priorityFee });

describe('fees of a replacement', () => {
  it('are an eighth more than before, so that every node takes it', () => {
    expect(replacing(fees(800n, 80n), fees(1n, 1n), 10_000n)).toEqual(fees(901n, 91n));
    expect(replacing(fees(0n, 0n), fees(0n, 0n), 10n)).toEqual(fees(1n, 1n));
  });

  it('are those of the market when it asks more', () => {
    expect(replacing(fees(800n, 80n), fees(2_000n, 95n), 10_000n)).toEqual(fees(2_000n, 95n));
  });

  it('stay under the cap, and there are none where the cap leaves no room', () => {
    expect(replacing(fees(800n, 80n), fees(5_000n, 4_000n), 1_000n)).toEqual(fees(1_000n, 1_000n));
    expect(replacing(fees(800n, 80n), fees(5_000n, 80n), 900n)).toBeUndefined();
    expect(capped(fees(5_000n, 4_000n), 1_000n)).toEqual(fees(1_000n, 1_000n));
  });
});
