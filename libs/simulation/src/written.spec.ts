import { describe, expect, it } from '@jest/globals';
import { events } from './events.js';
import { simulate } from './simulate.js';
import { writtenTexts } from './written.js';

const world = simulate({ seed: 7, start: '2025-01-01', months: 6, scale: 0.05 });

describe('written texts', () => {
  it('are the same for the same world, in order of time', () => {
    const texts = writtenTexts(world, 60);
    expect(texts).toHaveLength(60);
    expect(texts).toEqual(writtenTexts(world, 60));
    const times = texts.map(({ writtenAt }) => writtenAt.getTime());
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });

  it('recall lots that events have', () => {
    const classes = new Set(
      [...events(world)].flatMap(({ event }) => event.quantityList?.map(({ epcClass }) => epcClass) ?? []),
    );
    const recalls = writtenTexts(world, 60).filter(({ kind }) => kind === 'RECALL');
    expect(recalls).toHaveLength(4);
    for (const { body, products } of recalls) {
      const lot = /lot (\S+),/.exec(body)?.[1];
      expect(classes).toContain(`${products[0]}/10/${lot}`);
    }
  });

  it('speak of failed cooling far more often in the planted weeks', () => {
    const texts = writtenTexts(world, 600);
    const [first, last] = [texts[0]!.writtenAt.getTime(), texts.at(-1)!.writtenAt.getTime()];
    const from = first + 0.7 * (last - first);
    const share = (list: typeof texts) =>
      list.filter(({ body }) => body.startsWith('Cooling failed')).length / list.length;
    const inside = texts.filter(({ writtenAt }) => writtenAt.getTime() >= from);
    const before = texts.filter(({ writtenAt }) => writtenAt.getTime() < from);
    expect(share(inside)).toBeGreaterThan(2 * share(before));
  });
});
