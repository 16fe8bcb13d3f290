import { describe, expect, it } from '@jest/globals';
import { standardContext } from '../document/context.js';
import { sortBytewise } from './order.js';
import { canonicalScalar, canonicalTime, plainNumber } from './values.js';

describe('canonical values', () => {
  it('round the fourth decimal of a time up from 5 and carry', () => {
    expect(canonicalTime('2023-02-02T11:04:03.1425Z')).toBe('2023-02-02T11:04:03.143Z');
    expect(canonicalTime('2023-02-02T11:04:03.1424999Z')).toBe('2023-02-02T11:04:03.142Z');
    expect(canonicalTime('2023-12-31T23:59:59.9995Z')).toBe('2024-01-01T00:00:00.000Z');
    expect(canonicalTime('2024-02-28T23:59:59.99951-01:00')).toBe('2024-02-29T01:00:00.000Z');
  });

  it('write times in UTC with three decimals', () => {
    expect(canonicalTime('2022-02-16T20:33:31.116000-06:00')).toBe('2022-02-17T02:33:31.116Z');
    expect(canonicalTime('2022-02-16T20:33:31Z')).toBe('2022-02-16T20:33:31.000Z');
    expect(canonicalTime('2016-12-31T23:59:60Z')).toBe('2017-01-01T00:00:00.000Z');
    expect(canonicalTime('yesterday')).toBe('yesterday');
  });

  it('write numbers plainly', () => {
    expect(
      ['26.0', '+7', '.50', '007', '1e3', '12a'].map((text) => canonicalScalar(text, standardContext)),
    ).toEqual(['26', '7', '0.5', '7', '1000', '12a']);
    expect(plainNumber(-0)).toBe('0');
    expect(plainNumber(1.5e-9)).toBe('0.0000000015');
    expect(plainNumber(-1e-7)).toBe('-0.0000001');
    expect(plainNumber(1e22)).toBe('10000000000000000000000');
  });

  it('sort by UTF-8 bytes, not by UTF-16 code units', () => {
    const texts = ['\u{1f600}', '\ufb01', 'a', 'B'];
    const expected = [...texts].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    expect(sortBytewise([...texts])).toEqual(expected);
    expect(expected).not.toEqual([...texts].sort());
  });
});
