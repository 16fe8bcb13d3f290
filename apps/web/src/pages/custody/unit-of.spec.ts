import { describe, expect, it } from '@jest/globals';
import { unitOf, unitsOf } from './unit-of.js';

const DIGITS = '095211410000000076';
const LINK = `https://id.gs1.org/00/${DIGITS}`;
/** Keccak-256 of the digits, as `unitHash` of the audit and the contract's callers have it. */
const HASH = '0xaf5b45991cc89cae1b29d569fc1448ca13568f0e844848a5b41695ea5c9d3efc';

describe('a unit as a reader writes it', () => {
  it('has the hash that the contract knows, in every spelling', () => {
    for (const given of [LINK, DIGITS, `(00)${DIGITS}`, `https://example.com/x/00/${DIGITS}?a=1`])
      expect(unitOf(given)).toEqual({ given, unit: HASH });
  });

  it('is refused with the digit that would be right, or as no SSCC', () => {
    const wrong = `${DIGITS.slice(0, 17)}${(Number(DIGITS[17]) + 1) % 10}`;
    expect(unitOf(wrong)).toMatchObject({ fault: expect.stringContaining(`would be ${DIGITS[17]}`) });
    expect(unitOf('0123')).toMatchObject({ fault: expect.stringContaining('is no SSCC') });
    expect(unitOf(`1${DIGITS}`)).toMatchObject({ fault: expect.stringContaining('is no SSCC') });
  });

  it('is taken once from a list with lines, commas and spaces', () => {
    expect(unitsOf(` ${DIGITS},\n${DIGITS} ;nonsense\n`)).toHaveLength(2);
    expect(unitsOf('  ')).toEqual([]);
  });
});
