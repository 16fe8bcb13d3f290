import { describe, expect, it } from '@jest/globals';
import { parseValue } from 'graphql';
import { BigIntScalar, DateTimeScalar, HexScalar, JsonScalar } from './index.js';

describe('DateTime', () => {
  it('goes out in UTC with milliseconds', () => {
    expect(DateTimeScalar.serialize(new Date('2026-01-31T12:00:00+02:00'))).toBe('2026-01-31T10:00:00.000Z');
  });

  it('shows a time beyond all calendars as the last moment that can be written', () => {
    expect(DateTimeScalar.serialize(Infinity)).toBe('9999-12-31T23:59:59.999Z');
  });

  it('comes in with any offset', () => {
    expect(DateTimeScalar.parseValue('2026-01-31T12:00:00.5+02:00')).toEqual(
      new Date('2026-01-31T10:00:00.500Z'),
    );
    expect(DateTimeScalar.parseLiteral(parseValue('"2026-01-31T12:00:00Z"'))).toEqual(
      new Date('2026-01-31T12:00:00Z'),
    );
  });

  it.each([
    '2026-01-31',
    '2026-01-31T12:00:00',
    '2026-13-01T00:00:00Z',
    'yesterday',
    '',
    1_769_860_800_000,
    null,
    {},
  ])('refuses %j', (value) => {
    expect(() => DateTimeScalar.parseValue(value)).toThrow('expected a time');
  });

  it.each([new Date(Number.NaN), 'text', undefined])('does not show %s as a time', (value) => {
    expect(() => DateTimeScalar.serialize(value)).toThrow('not a time');
  });
});

describe('BigInt', () => {
  it('keeps every digit of a uint256', () => {
    const largest = (2n ** 256n - 1n).toString();
    expect(BigIntScalar.parseValue(largest)).toBe(2n ** 256n - 1n);
    expect(BigIntScalar.serialize(2n ** 256n - 1n)).toBe(largest);
    expect(BigIntScalar.serialize(largest)).toBe(largest);
  });

  it('takes literals with and without quotes', () => {
    expect(BigIntScalar.parseLiteral(parseValue('12'))).toBe(12n);
    expect(BigIntScalar.parseLiteral(parseValue('"-12"'))).toBe(-12n);
  });

  it.each(['', '1.5', '0x10', '1e3', ' 1', '9'.repeat(79), 2 ** 53, 1.5, true, null])(
    'refuses %j',
    (value) => {
      expect(() => BigIntScalar.parseValue(value)).toThrow('BigInt');
    },
  );
});

describe('Hex', () => {
  it('goes out and comes in in lower case', () => {
    expect(HexScalar.serialize('0xABcd')).toBe('0xabcd');
    expect(HexScalar.parseValue('0xABcd')).toBe('0xabcd');
    expect(HexScalar.parseValue('0x')).toBe('0x');
  });

  it.each(['abcd', '0xabc', '0xzz', '', 16, null, `0x${'00'.repeat(70_000)}`])(
    'refuses what is no bytes',
    (value) => {
      expect(() => HexScalar.parseValue(value)).toThrow('Hex');
    },
  );
});

describe('JSON', () => {
  it('comes in as it is, as variable and as literal', () => {
    const value = { list: [1, 'two', null, { three: true }] };
    expect(JsonScalar.parseValue(value)).toBe(value);
    expect(JsonScalar.parseLiteral(parseValue('{ a: [1, "b", null, true] }'))).toEqual({
      a: [1, 'b', null, true],
    });
  });

  it('takes the values of variables inside a literal', () => {
    expect(JsonScalar.parseLiteral(parseValue('{ a: $a }'), { a: 7 })).toEqual({ a: 7 });
  });

  it('is refused beyond 64 levels', () => {
    const nested = (levels: number): unknown =>
      JSON.parse('['.repeat(levels) + ']'.repeat(levels)) as unknown;
    expect(() => JsonScalar.parseValue(nested(64))).not.toThrow();
    expect(() => JsonScalar.parseValue(nested(66))).toThrow('more than 64 levels');
    expect(() => JsonScalar.parseValue(nested(5_000))).toThrow('more than 64 levels');
  });

  it('is refused beyond two million values', () => {
    expect(() => JsonScalar.parseValue(Array.from({ length: 2_000_001 }, () => 0))).toThrow(
      'more than 2000000 values',
    );
  });
});
