import { describe, expect, it } from '@jest/globals';
import { axisNumber, bytes, count, percent, quantity, share, signed, tokens, whole } from './numbers.js';

describe('numbers', () => {
  it('groups thousands of a count', () => {
    expect(count(1234567)).toBe('1,234,567');
  });

  it('groups whole numbers beyond the exact range of doubles', () => {
    expect(whole('9007199254740993')).toBe('9,007,199,254,740,993');
  });

  it('shows fewer decimals the larger a quantity is', () => {
    expect([quantity(1.236), quantity(123.46), quantity(12345.6)]).toEqual(['1.24', '123.5', '12,346']);
  });

  it('shows a dash for a quantity that is no number', () => {
    expect(quantity(Number.NaN)).toBe('–');
  });

  it('cuts token amounts to hundredths without losing large integers', () => {
    expect(tokens('123456789012345678901234567')).toBe('123,456,789.01');
    expect(tokens(10n ** 18n)).toBe('1');
  });

  it('does not show a tiny amount as nothing', () => {
    expect(tokens(1n)).toBe('<0.01');
    expect(tokens(0n)).toBe('0');
  });

  it('gives a share of zero when there is no whole', () => {
    expect(share('5', '0')).toBe(0);
    expect(share(1n, 4n)).toBe(0.25);
  });

  it('shows shares with one decimal', () => {
    expect(percent(0.8234)).toBe('82.3%');
  });

  it('says the size of a file in the unit that fits', () => {
    expect([bytes(812), bytes(12_400), bytes(3_090_000)]).toEqual(['812 bytes', '12.4 kB', '3.1 MB']);
  });

  it('says what is below nothing with a minus', () => {
    expect(quantity(-38.356)).toBe('−38.36');
    expect(axisNumber(-1200)).toBe('−1.2K');
    expect(signed(-6.71, 1)).toBe('−6.7');
    expect(signed(0.5, 3)).toBe('+0.500');
  });
});
