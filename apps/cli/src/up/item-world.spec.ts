import { describe, expect, it } from '@jest/globals';
import { localItems } from './item-world.js';

const WORLD = { seed: 7, start: '2024-11-24', months: 24, scale: 0.06 };

describe('the item world of up', () => {
  it('is absent where none was asked for', () => {
    expect(localItems(WORLD)).toBeUndefined();
    expect(localItems({ ...WORLD, items: 0 })).toBeUndefined();
  });

  it('has most of its events behind it when the history ends, and is the same at every start', () => {
    const items = localItems({ ...WORLD, items: 2_000 })!;
    const recorded = [...items.world.events()].map(({ recordedAt }) => recordedAt);
    expect(items.endsAt).toBe(Date.UTC(2026, 10, 24));
    expect(recorded.filter((at) => at < items.endsAt).length).toBeGreaterThan(1_500);
    const again = localItems({ ...WORLD, items: 2_000 })!.world;
    expect([...again.events()].at(-1)).toEqual([...items.world.events()].at(-1));
    expect(again.faults.length).toBeGreaterThan(5);
  });

  it('registers every company but the one that has left', () => {
    const { members, world } = localItems({ ...WORLD, items: 2_000 })!;
    expect(members).toHaveLength(world.parties.length - 1);
    expect(members.map(({ party }) => party.name)).not.toContain('Former Freight');
  });
});
