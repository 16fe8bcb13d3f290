import { describe, expect, it } from '@jest/globals';
import { csv } from './csv.js';

describe('csv', () => {
  it('guards every leading sign of a formula, also behind blanks', () => {
    for (const text of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '  =1', '＝1']) {
      expect(csv(['a'], [[text]])).toContain(`'${text}`);
    }
  });

  it('leaves negative numbers as numbers', () => {
    expect(csv(['a'], [[-1.5]])).toBe('a\r\n-1.5\r\n');
  });

  it('quotes commas, quotes and line breaks', () => {
    expect(csv(['a', 'b'], [['x,y', 'say "no"']])).toBe('a,b\r\n"x,y","say ""no"""\r\n');
  });

  it('writes nothing for null and for a number that is none', () => {
    expect(csv(['a', 'b'], [[null, Number.NaN]])).toBe('a,b\r\n,\r\n');
  });
});
