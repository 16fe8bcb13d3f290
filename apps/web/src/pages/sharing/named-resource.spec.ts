import { describe, expect, it } from '@jest/globals';
import { resourceFault } from './named-resource.js';

describe('an identifier as it is typed into a grant', () => {
  it.each([
    ['ITEM', 'https://id.gs1.org/01/09521141012345/10/L7'],
    ['ITEM', '(01)09521141012345(10)L7'],
    ['ITEM', 'urn:epc:class:lgtin:9521141.001234.L7'],
    ['ITEM', '106141412345678908'],
    ['PRODUCT', '9521141012345'],
    ['SITE', ' 9521141000014 '],
  ] as const)('%s %s may be sent', (kind, typed) => {
    expect(resourceFault(kind, typed)).toBeNull();
  });

  it.each([
    ['ITEM', '', 'Say which, as a link, as on a label, or by the 18 digits of an SSCC.'],
    ['ITEM', '12345', 'These are 5 digits; expected the 18 digits of an SSCC.'],
    ['ITEM', '106141412345678901', 'The last digit does not fit: by the others it would be 8.'],
    ['SITE', '9521141000013', 'The last digit does not fit: by the others it would be 4.'],
    [
      'PRODUCT',
      'crisps',
      'This is no identifier. Give a link such as https://id.gs1.org/01/…, (01)… as on a label, or the digits of a GTIN.',
    ],
  ] as const)('%s "%s" is told apart with the way out', (kind, typed, fault) => {
    expect(resourceFault(kind, typed)).toBe(fault);
  });
});
