import { describe, expect, it } from '@jest/globals';
import { checkDigit, hasValidCheckDigit } from './check-digit.js';
import { normalizeIdentifier, toDigitalLink } from './normalize.js';
import { toUrn } from './to-urn.js';

/** One line a scheme: URN, canonical Digital Link, length of the company prefix. */
const PAIRS: readonly (readonly [string, string, number])[] = [
  ['urn:epc:id:sgtin:4012345.011111.9876', '01/04012345111118/21/9876', 7],
  [
    'urn:epc:id:sgtin:0614141.812345.6789%2F%26%25%22!%3F()',
    '01/80614141123458/21/6789%2F%26%25%22%21%3F%28%29',
    7,
  ],
  ['urn:epc:id:sgtin:415056789012.0.987654', '01/04150567890128/21/987654', 12],
  ['urn:epc:id:sscc:4012345.3111111111', '00/340123451111111111', 7],
  ['urn:epc:id:sgln:4012345.00005.122', '414/4012345000054/254/122', 7],
  ['urn:epc:id:sgln:4012345.00005.0', '414/4012345000054', 7],
  ['urn:epc:id:pgln:4000001.00000', '417/4000001000005', 7],
  ['urn:epc:id:pgln:999999999999.', '417/9999999999994', 12],
  ['urn:epc:id:grai:4012345.00022.334455', '8003/04012345000221334455', 7],
  ['urn:epc:id:giai:4012345.ABC345', '8004/4012345ABC345', 7],
  ['urn:epc:id:gsrn:4012345.0000006765', '8018/401234500000067657', 7],
  ['urn:epc:id:gsrnp:4012345.0000000007', '8017/401234500000000074', 7],
  ['urn:epc:id:gdti:4012345.00009.PO-4711', '253/4012345000092PO-4711', 7],
  ['urn:epc:id:gdti:987659999999..9', '253/98765999999929', 12],
  ['urn:epc:id:cpi:0614141.11111111111111-A%23%2F.1234', '8010/061414111111111111111-A%23%2F/8011/1234', 7],
  ['urn:epc:id:sgcn:4012345.67890.4711', '255/40123456789014711', 7],
  ['urn:epc:id:ginc:0614141.xyz47%2F11', '401/0614141xyz47%2F11', 7],
  ['urn:epc:id:gsin:4012345.222333444', '402/40123452223334442', 7],
  ['urn:epc:id:itip:4012345.011111.01.02.987', '8006/040123451111180102/21/987', 7],
  [
    "urn:epc:id:upui:1234567.098765.51qIgY)%3C%26Jp3*j7'SDB",
    "01/01234567987651/235/51qIgY%29%3C%26Jp3%2Aj7'SDB",
    7,
  ],
  ['urn:epc:class:lgtin:4012345.012345.Lot987', '01/04012345123456/10/Lot987', 7],
  ['urn:epc:idpat:sgtin:4012345.044444.*', '01/04012345444445', 7],
  ['urn:epc:idpat:grai:4012345.00022.*', '8003/04012345000221', 7],
  ['urn:epc:idpat:gdti:4012345.00009.*', '253/4012345000092', 7],
  ['urn:epc:idpat:sgcn:4012345.67890.*', '255/4012345678901', 7],
  ['urn:epc:idpat:cpi:0614141.123-A.*', '8010/0614141123-A', 7],
  ['urn:epc:idpat:itip:4012345.011111.01.02.*', '8006/040123451111180102', 7],
];

describe('identifiers', () => {
  it('turn from EPC URN into the canonical Digital Link for every key', () => {
    for (const [urn, path] of PAIRS)
      expect([urn, toDigitalLink(urn)]).toEqual([urn, `https://id.gs1.org/${path}`]);
  });

  it('turn back into the same URN when the length of the company prefix is known', () => {
    for (const [urn, path, length] of PAIRS) expect(toUrn(`https://id.gs1.org/${path}`, length)).toBe(urn);
  });

  it('are canonical already when they come out', () => {
    for (const [, path] of PAIRS)
      expect(normalizeIdentifier(`https://id.gs1.org/${path}`)).toBe(`https://id.gs1.org/${path}`);
  });

  it('lose domain, path before the key, names, query, variant and coarser levels', () => {
    const canonical = 'https://id.gs1.org/01/09780345418913/21/765tz';
    expect(normalizeIdentifier(' https://example.com/gtin/9780345418913/21/765tz?abc=211121 ')).toBe(
      canonical,
    );
    expect(normalizeIdentifier('http://shop.example/a/b/01/09780345418913/22/2A/10/LOT/21/765tz#x')).toBe(
      canonical,
    );
    expect(normalizeIdentifier('https://example.com/414/4012345000054/254/0')).toBe(
      'https://id.gs1.org/414/4012345000054',
    );
    expect(normalizeIdentifier('https://example.com/01/95011013/10/a%2fb')).toBe(
      'https://id.gs1.org/01/00000095011013/10/a%2Fb',
    );
  });

  it('stay as they are where no GS1 key is', () => {
    for (const uri of [
      'geo:47.506694,11.104301',
      'http://transaction.acme.com/po/12345678',
      'https://www.ncbi.nlm.nih.gov/taxonomy/1126011',
      'urn:epcglobal:cbv:bt:4012345000009:ASN1099',
      'urn:epc:id:gid:100.200.300',
      'urn:epc:id:sgtin:4012345.01111.9876',
      'urn:epc:idpat:sgtin:4012345.*.*',
      'urn:epc:id:sgtin:4012345.011111.*x%2',
      'urn:epc:id:__proto__:4012345.011111.1',
      'https://example.com/01/12345/21/1',
      'https://example.com/01/09780345418913/99/1',
      'https://example.com/01/09780345418913/21/%E0%A4%A',
      'urn:uuid:374d95fc-9457-4a51-bd6a-0bba133845a8',
    ]) {
      expect(normalizeIdentifier(uri)).toBe(uri);
    }
  });

  it('end in the check digit of the General Specifications', () => {
    expect(checkDigit('952114101234')).toBe('5');
    expect(checkDigit('629104150021')).toBe('3');
    expect(checkDigit('37610425002123456')).toBe('9');
    expect(() => checkDigit('12a')).toThrow('digits only');
  });

  it('have a check digit that catches every single wrong digit and every swap of neighbours but 0 and 5 apart', () => {
    const good = '09521141012345';
    expect(hasValidCheckDigit(good)).toBe(true);
    for (let at = 0; at < good.length; at++) {
      for (let step = 1; step < 10; step++) {
        const digit = (Number(good[at]) + step) % 10;
        expect(hasValidCheckDigit(good.slice(0, at) + String(digit) + good.slice(at + 1))).toBe(false);
      }
    }
    for (let at = 0; at + 1 < good.length; at++) {
      const swapped = good.slice(0, at) + good[at + 1]! + good[at]! + good.slice(at + 2);
      const apart = Math.abs(Number(good[at]) - Number(good[at + 1]));
      expect(hasValidCheckDigit(swapped)).toBe(apart === 0 || apart === 5);
    }
  });

  it('refuse a company prefix of impossible length', () => {
    expect(() => toUrn('https://id.gs1.org/01/04012345111118', 5)).toThrow('6 to 12 digits');
  });
});
