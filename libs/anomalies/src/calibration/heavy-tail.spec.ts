import { describe, expect, it } from '@jest/globals';
import { seededRandom } from '@tallyhouse/compute';
import { NumberRow } from '../novelty/number-row.js';
import { HeavyTail } from './heavy-tail.js';

const COUNT = 30_000;

/** Of scores without end, the share that was said to be as rare as once in so many. */
function said(drawn: (uniform: number) => number, share: number, caution = 0): number {
  const random = seededRandom(11);
  const tail = new HeavyTail(caution);
  let count = 0;
  for (let at = 0; at < COUNT; at += 1) count += Number(tail.observe(drawn(random.uniform())) <= share);
  return count / COUNT;
}

describe('a heavy tail', () => {
  const laws: [string, (uniform: number) => number][] = [
    ['a power law', (u) => (1 - u) ** (-1 / 2)],
    ['an exponential law', (u) => 1 - Math.log(1 - u)],
    [
      'a law of which one in a hundred is five times as large',
      (u) => (u > 0.99 ? 4 + 100 * (u - 0.99) : 1 + u / 10),
    ],
  ];

  it.each(laws)('holds what it says of %s', (_, drawn) => {
    expect(said(drawn, 1e-3)).toBeLessThan(2e-3);
    expect(said(drawn, 1e-4)).toBeLessThan(3e-4);
    expect(said(drawn, 1e-4, 2)).toBeLessThanOrEqual(said(drawn, 1e-4));
  });

  it('is not so careful that what is far out is usual', () => {
    const [[, power]] = laws as [[string, (uniform: number) => number]];
    expect(said(power, 1e-3)).toBeGreaterThan(5e-4);
  });

  it('says less of a second score of a kind that was never there', () => {
    const random = seededRandom(3);
    const tail = new HeavyTail(0);
    for (let at = 0; at < 300; at += 1) tail.observe(1 + random.uniform());
    const [first, second] = [tail.observe(8), tail.observe(8)];
    expect(first).toBeLessThan(1e-4);
    expect(second).toBeGreaterThan(first);
  });

  it('goes on from what was kept', () => {
    const random = seededRandom(5);
    const [whole, parted] = [new HeavyTail(1), new HeavyTail(1)];
    let again = parted;
    for (let at = 0; at < 2_500; at += 1) {
      const score = (1 - random.uniform()) ** -0.4;
      if (at % 170 === 0) again = HeavyTail.restore(new NumberRow(Float64Array.from(again.state())), 1);
      expect(again.observe(score)).toBe(whole.observe(score));
    }
    expect(again.state()).toHaveLength(2_004);
  });
});
