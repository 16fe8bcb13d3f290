import { describe, expect, it } from '@jest/globals';
import { readEpcPattern } from './epc-pattern.js';
import { normalizeIdentifier } from './normalize.js';

/** A pattern, EPCs that it stands for, and EPCs that it does not. */
const CASES: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  [
    'sgtin:*.*.*',
    ['urn:epc:id:sgtin:4012345.011111.9876', 'https://example.com/01/04012345111118/10/L/21/a'],
    [
      'urn:epc:class:lgtin:4012345.012345.Lot987',
      'urn:epc:id:upui:1234567.098765.x',
      'urn:epc:id:sscc:4012345.3111111111',
    ],
  ],
  [
    'sgtin:4012345.*.*',
    ['urn:epc:id:sgtin:4012345.011111.9876', 'urn:epc:id:sgtin:4012345.911111.1'],
    ['urn:epc:id:sgtin:4012346.011111.9876', 'urn:epc:idpat:sgtin:4012345.011111.*'],
  ],
  [
    'sgtin:4012345.011111.*',
    ['urn:epc:id:sgtin:4012345.011111.9876', 'https://id.gs1.org/01/04012345111118/21/x%2Fy'],
    ['urn:epc:id:sgtin:4012345.011112.9876', 'https://id.gs1.org/01/04012345111118'],
  ],
  ['sscc:*.*', ['urn:epc:id:sscc:4012345.3111111111'], ['urn:epc:id:gsrn:4012345.0000006765']],
  ['sscc:4012345.*', ['urn:epc:id:sscc:4012345.3111111111'], ['urn:epc:id:sscc:4012344.3111111111']],
  [
    'sgln:4012345.*.*',
    ['urn:epc:id:sgln:4012345.00005.0', 'urn:epc:id:sgln:4012345.00007.122'],
    ['urn:epc:id:sgln:4012346.00005.0', 'urn:epc:id:pgln:4012345.00005'],
  ],
  [
    'sgln:4012345.00005.*',
    ['urn:epc:id:sgln:4012345.00005.0', 'urn:epc:id:sgln:4012345.00005.122'],
    ['urn:epc:id:sgln:4012345.00006.0'],
  ],
  ['pgln:4000001.*', ['urn:epc:id:pgln:4000001.00000'], ['urn:epc:id:pgln:4000002.00000']],
  [
    'grai:4012345.*.*',
    ['urn:epc:id:grai:4012345.00022.334455'],
    ['urn:epc:id:grai:4012346.00022.1', 'urn:epc:idpat:grai:4012345.00022.*'],
  ],
  [
    'grai:4012345.00022.*',
    ['urn:epc:id:grai:4012345.00022.334455'],
    ['urn:epc:id:grai:4012345.00023.334455'],
  ],
  [
    'giai:4012345.*',
    ['urn:epc:id:giai:4012345.ABC345', 'urn:epc:id:giai:4012345.a.b%2Fc'],
    ['urn:epc:id:giai:4012346.A'],
  ],
  ['gsrn:4012345.*', ['urn:epc:id:gsrn:4012345.0000006765'], ['urn:epc:id:gsrnp:4012345.0000000007']],
  ['gsrnp:*.*', ['urn:epc:id:gsrnp:4012345.0000000007'], ['urn:epc:id:gsrn:4012345.0000006765']],
  ['gdti:4012345.*.*', ['urn:epc:id:gdti:4012345.00009.PO-4711'], ['urn:epc:idpat:gdti:4012345.00009.*']],
  ['cpi:0614141.*.*', ['urn:epc:id:cpi:0614141.123-A.1234'], ['urn:epc:idpat:cpi:0614141.123-A.*']],
  ['cpi:0614141.12%2F3.*', ['urn:epc:id:cpi:0614141.12%2F3.1'], ['urn:epc:id:cpi:0614141.12%2F4.1']],
  ['sgcn:4012345.*.*', ['urn:epc:id:sgcn:4012345.67890.4711'], ['urn:epc:idpat:sgcn:4012345.67890.*']],
  ['ginc:0614141.*', ['urn:epc:id:ginc:0614141.xyz47%2F11'], ['urn:epc:id:ginc:0614142.xyz']],
  ['gsin:4012345.*', ['urn:epc:id:gsin:4012345.222333444'], ['urn:epc:id:gsin:4012346.222333444']],
  [
    'itip:4012345.011111.01.*.*',
    ['urn:epc:id:itip:4012345.011111.01.02.987'],
    ['urn:epc:id:itip:4012345.011111.02.02.987', 'urn:epc:idpat:itip:4012345.011111.01.02.*'],
  ],
  [
    'itip:4012345.*.*.*.*',
    ['urn:epc:id:itip:4012345.011111.02.02.987'],
    ['urn:epc:id:itip:4012346.011111.02.02.9'],
  ],
  ['upui:1234567.*.*', ['urn:epc:id:upui:1234567.098765.51q'], ['urn:epc:id:sgtin:1234567.098765.51q']],
  ['gid:95100000.*.*', ['urn:epc:id:gid:95100000.12345.400'], ['urn:epc:id:gid:95100001.12345.400']],
  ['adi:W81X9C.*.*', ['urn:epc:id:adi:W81X9C.3KL984PX1.2WMA52'], ['urn:epc:id:adi:W81X9D.3KL984PX1.2WMA52']],
  ['usdod:*.*', ['urn:epc:id:usdod:CAGEY.12345'], ['urn:epc:id:gid:95100000.12345.400']],
  ['bic:*', ['urn:epc:id:bic:CSQU3054383'], ['urn:epc:id:imovn:9176187']],
];

describe('readEpcPattern', () => {
  it.each(CASES)('%s stands for what its components leave open and for nothing else', (text, its, others) => {
    const pattern = readEpcPattern(`urn:epc:idpat:${text}`);
    if (!pattern) throw new Error('no pattern');
    const matches = (epc: string): boolean => new RegExp(pattern.expression).test(normalizeIdentifier(epc));
    expect(its.filter(matches)).toEqual(its);
    expect(others.filter(matches)).toEqual([]);
    for (const epc of its.map(normalizeIdentifier)) {
      expect(pattern.prefixes.some((prefix) => epc.startsWith(prefix))).toBe(true);
    }
  });

  it('stands for the classes of its items when these are meant', () => {
    const classes = [
      'urn:epc:idpat:sgtin:4012345.011111.*',
      'urn:epc:idpat:sgtin:4012346.011111.*',
      'urn:epc:class:lgtin:4012345.012345.Lot987',
      'urn:epc:id:sgtin:4012345.011111.9876',
      'urn:epc:idpat:grai:4012345.00022.*',
    ];
    const matching = (text: string): string[] => {
      const expression = new RegExp(readEpcPattern(text, 'classes')?.expression ?? '^no pattern$');
      return classes.filter((uri) => expression.test(normalizeIdentifier(uri)));
    };
    expect(matching('urn:epc:idpat:sgtin:4012345.*.*')).toEqual([classes[0]]);
    expect(matching('urn:epc:idpat:sgtin:*.*.*')).toEqual([classes[0], classes[1]]);
    expect(matching('urn:epc:idpat:grai:4012345.00022.*')).toEqual([classes[4]]);
    expect(readEpcPattern('urn:epc:idpat:sscc:4012345.*', 'classes')).toBeUndefined();
    expect(readEpcPattern('urn:epc:idpat:gid:95100000.*.*', 'classes')).toBeUndefined();
  });

  it.each([
    'urn:epc:id:sgtin:4012345.011111.9876',
    'urn:epc:idpat:sgtin:4012345.011111.9876',
    'urn:epc:idpat:sgtin:4012345.*',
    'urn:epc:idpat:sgtin:*.011111.*',
    'urn:epc:idpat:sgtin:*.*.9876',
    'urn:epc:idpat:sgtin:40123.*.*',
    'urn:epc:idpat:sgtin:4012345.01111.*',
    'urn:epc:idpat:sgtin:4012345.0111[1-9].*',
    'urn:epc:idpat:itip:4012345.011111.1.*.*',
    'urn:epc:idpat:gid:*.*',
    'urn:epc:idpat:constructor:*.*',
    'urn:epc:idpat:sscc:.*',
  ])('%s is no pattern', (text) => {
    expect(readEpcPattern(text)).toBeUndefined();
  });
});
