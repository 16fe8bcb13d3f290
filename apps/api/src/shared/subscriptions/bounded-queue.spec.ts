import { describe, expect, it } from '@jest/globals';
import { BoundedQueue } from './bounded-queue.js';

describe('bounded queue', () => {
  const queue = (limit = 3): { numbers: BoundedQueue<number>; ends: () => number } => {
    let ends = 0;
    return { numbers: new BoundedQueue(limit, () => (ends += 1)), ends: () => ends };
  };

  it('gives messages in order, whether they come before or after they are asked for', async () => {
    const { numbers } = queue();
    numbers.push(1);
    numbers.push(2);
    expect([(await numbers.next()).value, (await numbers.next()).value]).toEqual([1, 2]);
    const waiting = numbers.next();
    numbers.push(3);
    expect(await waiting).toEqual({ done: false, value: 3 });
  });

  it('keeps the last messages for a slow reader', async () => {
    const { numbers } = queue(3);
    for (let number = 1; number <= 1_000; number++) numbers.push(number);
    const read = [await numbers.next(), await numbers.next(), await numbers.next()];
    expect(read.map(({ value }) => value as number)).toEqual([998, 999, 1_000]);
  });

  it('ends once, and lets go of a reader that waits', async () => {
    const { numbers, ends } = queue();
    const waiting = numbers.next();
    await numbers.return();
    numbers.end();
    numbers.push(1);
    expect(await waiting).toEqual({ done: true, value: undefined });
    expect(await numbers.next()).toEqual({ done: true, value: undefined });
    expect(ends()).toBe(1);
  });
});
