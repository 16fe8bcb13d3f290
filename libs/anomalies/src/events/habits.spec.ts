import { describe, expect, it } from '@jest/globals';
import { Habits } from './habits.js';

describe('habits', () => {
  it('tell how rare a name was, in bits, and when it was last seen', () => {
    const habits = Habits.of();
    for (let at = 0; at < 99; at += 1) habits.note(at % 3 === 0 ? 'a' : 'b', at);
    expect(habits.rarity('b')).toBeCloseTo(-Math.log2(66.5 / 100), 12);
    expect(habits.rarity('never')).toBeCloseTo(Math.log2(200), 12);
    expect([habits.lastMs('a'), habits.lastMs('b'), habits.lastMs('never')]).toEqual([96, 98, undefined]);
  });

  it('do not go back to what comes late', () => {
    const habits = Habits.of();
    habits.note('a', 10);
    habits.note('a', 4);
    expect(habits.lastMs('a')).toBe(10);
  });

  it('forget what is rare before what is usual, and what was usual long ago', () => {
    const habits = Habits.of();
    for (let at = 0; at < 900; at += 1) habits.note('then', at);
    for (let at = 0; at < 500; at += 1) habits.note(`once ${at}`, at);
    expect(habits.state().names).toHaveLength(200);
    expect(habits.rarity('then')).toBeLessThan(1);
    for (let at = 0; at < 20_000; at += 1) habits.note('now', at);
    expect(habits.rarity('then')).toBeGreaterThan(9);
    expect(habits.rarity('now')).toBeLessThan(0.1);
  });
});
