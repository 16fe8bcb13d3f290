import { describe, expect, it } from '@jest/globals';
import { besideNaive } from './beside-naive.js';

describe('errors beside the seasonal naive', () => {
  it.each([
    [0.87, '13.0% smaller errors than the seasonal naive'],
    [1.25, '25.0% larger errors than the seasonal naive'],
    [1.0004, 'errors as large as the seasonal naive’s'],
    [null, undefined],
  ])('%d', (relativeMase, words) => {
    expect(besideNaive(relativeMase)).toBe(words);
  });
});
