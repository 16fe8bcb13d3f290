import { describe, expect, it } from '@jest/globals';
import { gln, gtin, gtinClass, lgtin, pgln, sgln, sgtin, sscc } from './builders.js';
import { hasValidCheckDigit } from './check-digit.js';
import { normalizeIdentifier } from './normalize.js';

describe('builders', () => {
  it('make canonical Digital Links', () => {
    const product = gtin('9521141', '01234');
    const site = gln('9521141', '00001');
    expect(product).toBe('09521141012345');
    expect(site).toBe('9521141000014');
    const links = {
      'https://id.gs1.org/01/09521141012345': gtinClass(product),
      'https://id.gs1.org/01/09521141012345/21/a%2Fb': sgtin(product, 'a/b'),
      'https://id.gs1.org/01/09521141012345/10/LOT-7': lgtin(product, 'LOT-7'),
      'https://id.gs1.org/00/095211410000000014': sscc('9521141', '000000001'),
      'https://id.gs1.org/414/9521141000014': sgln(site),
      'https://id.gs1.org/414/9521141000014/254/dock-2': sgln(site, 'dock-2'),
      'https://id.gs1.org/417/9521141000014': pgln(site),
    };
    for (const [expected, built] of Object.entries(links)) {
      expect(built).toBe(expected);
      expect(normalizeIdentifier(built)).toBe(built);
    }
  });

  it('give every indicator its own check digit', () => {
    for (let indicator = 0; indicator <= 9; indicator++) {
      expect(hasValidCheckDigit(gtin('9521141', '01234', indicator))).toBe(true);
      expect(hasValidCheckDigit(sscc('9521141', '123456789', indicator).slice(-18))).toBe(true);
    }
  });

  it('refuse wrong lengths, wrong check digits and serials outside the GS1 signs', () => {
    expect(() => gtin('9521141', '1234')).toThrow('expected 13 digits');
    expect(() => gtinClass('09521141012346')).toThrow('should make it 09521141012345');
    expect(() => pgln('952114100001')).toThrow('expected 12 digits');
    expect(() => sgtin('09521141012345', '')).toThrow('1 to 20 GS1 signs');
    expect(() => lgtin('09521141012345', 'x'.repeat(21))).toThrow('1 to 20 GS1 signs');
    expect(() => sgtin('09521141012345', 'ü')).toThrow('1 to 20 GS1 signs');
  });
});
