import { describe, expect, it } from '@jest/globals';
import { changedLines, exactly } from './parameter-lines.js';

const of = (values: Record<string, number>) =>
  Object.entries(values).map(([name, value]) => ({ name, value, meaning: `what ${name} does` }));

describe('changedLines', () => {
  it('gives what differs, with what it was and what it does', () => {
    expect(changedLines(of({ a: 1, b: 2 }), of({ a: 1, b: 3 }))).toEqual([
      { name: 'b', meaning: 'what b does', before: 2, after: 3 },
    ]);
    expect(changedLines(of({ a: 1 }), of({ a: 1 }))).toEqual([]);
  });

  it('gives everything where nothing was in force, and a number that is new', () => {
    expect(changedLines(null, of({ a: 0, b: 2 })).map(({ before }) => before)).toEqual([null, null]);
    expect(changedLines(of({ a: 0 }), of({ a: 0, b: 2 }))).toMatchObject([{ name: 'b', before: null }]);
  });

  it('rounds nothing', () => {
    expect([exactly(0.31), exactly(1e-9), exactly(null)]).toEqual(['0.31', '1e−9', '–']);
  });
});
