import { describe, expect, it } from '@jest/globals';
import { grantedResource } from './granted-resource.js';

const LOT = 'https://id.gs1.org/01/09521141012345/10/L7';

describe('what a grant names', () => {
  it.each([
    ['ITEM', '(01)09521141012345(10)L7', LOT],
    ['ITEM', 'urn:epc:class:lgtin:9521141.001234.L7', LOT],
    ['ITEM', ' https://example.com/gtin/09521141012345/lot/L7 ', LOT],
    ['ITEM', '(01)09521141012345(21)a/1', 'https://id.gs1.org/01/09521141012345/21/a%2F1'],
    ['ITEM', '106141412345678908', 'https://id.gs1.org/00/106141412345678908'],
    ['ITEM', 'urn:uuid:4f0f1c1e', 'urn:uuid:4f0f1c1e'],
    ['PRODUCT', '9521141012345', 'https://id.gs1.org/01/09521141012345'],
    ['SITE', '9521141000014', 'https://id.gs1.org/414/9521141000014'],
    ['SITE', '(414)9521141000014(254)3', 'https://id.gs1.org/414/9521141000014/254/3'],
  ] as const)('%s %s is %s', (kind, given, uri) => {
    expect(grantedResource(kind, given)).toBe(uri);
  });

  it.each([
    ['ITEM', 'lot 7', /names no ITEM; give a Digital Link/],
    ['ITEM', '(10)L7', /names no ITEM/],
    ['ITEM', '9521141012345', /the digits of an SSCC/],
    ['ITEM', '106141412345678900', /last digit does not fit/],
    ['ITEM', '(414)9521141000014', /grant it as a SITE/],
    ['PRODUCT', LOT, /grant it as an ITEM/],
    ['PRODUCT', 'javascript alert', /names no PRODUCT/],
    ['SITE', LOT, /names goods and no place/],
  ] as const)('%s %s is refused with the way out', (kind, given, reason) => {
    expect(() => grantedResource(kind, given)).toThrow(reason);
  });

  it('is no longer than an identifier can be', () => {
    expect(() => grantedResource('SITE', `https://x.example/${'a'.repeat(1_000)}`)).toThrow(
      /longer than any/,
    );
  });
});
