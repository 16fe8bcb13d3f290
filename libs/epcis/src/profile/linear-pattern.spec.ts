import { describe, expect, it } from '@jest/globals';
import { linearPattern } from './linear-pattern.js';

/** A small generator with a seed (mulberry32). */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

function randomPattern(next: (below: number) => number, depth = 0): string {
  const atoms = ['a', 'b', '.', '[ab]', '[^a]', '\\d', '\\/', 'é', '\\u{1F600}', '[\\]a-c]', '^', '$'];
  const parts: string[] = [];
  for (let count = next(3) + 1; count > 0; count--) {
    const inner =
      depth < 3 && next(3) === 0
        ? `(${next(2) ? '?:' : ''}${randomPattern(next, depth + 1)})`
        : atoms[next(atoms.length)]!;
    const quantifiers = ['', '', '*', '+', '?', '{2}', '{0,2}', '{1,}', '*?'];
    parts.push(/^[\^$]$/.test(inner) ? inner : inner + quantifiers[next(quantifiers.length)]!);
  }
  return next(4) === 0 ? `${parts.join('')}|${randomPattern(next, depth + 1)}` : parts.join('');
}

describe('a linear pattern', () => {
  it('finds what the engine of JavaScript finds, in 1,500 random patterns and texts', () => {
    const next = seeded(7);
    const signs = ['a', 'b', 'c', '1', '/', 'é', '😀', ']', '\n'];
    for (let round = 0; round < 1_500; round++) {
      const source = randomPattern(next);
      const text = Array.from({ length: next(7) }, () => signs[next(signs.length)]).join('');
      expect([source, text, linearPattern(source).test(text)]).toEqual([
        source,
        text,
        new RegExp(source, 'u').test(text),
      ]);
    }
  });

  it('takes no more time for nested repetition than the text is long', () => {
    const evil = linearPattern(String.raw`^https?:\/\/([^\/?#:]+)(\/[^?#]*)*\/00\/\d{18}$`);
    expect(evil.test(`https://id.gs1.org${'/'.repeat(4_000)}x`)).toBe(false);
    expect(evil.test('https://id.gs1.org/00/040123451254225293')).toBe(true);
    expect(linearPattern('^(a*)*$').test('a'.repeat(4_096))).toBe(true);
    expect(linearPattern('a').test('a'.repeat(4_097))).toBe(false);
  });

  it.each([
    ['(?=a)', 'look-around'],
    ['(?<!a)b', 'look-around'],
    [String.raw`(a)\1`, 'back reference'],
    [String.raw`\bword`, 'word boundary'],
    ['(a{100}){100}', 'more than 1000 steps'],
    ['(?:){1000000000}a{1000000000}', 'more than 1000 steps'],
    ['[a', 'Invalid regular expression'],
    ['('.repeat(60) + ')'.repeat(60), 'groups within each other'],
  ])('refuses %s and says why', (source, why) => {
    expect(() => linearPattern(source)).toThrow(why);
  });
});
