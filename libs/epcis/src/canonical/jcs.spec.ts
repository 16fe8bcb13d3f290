import { describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { offsetMinutes } from '../checks/time-zone.js';
import { canonicalJson, jcsSha256 } from './jcs.js';

describe('canonical JSON', () => {
  it('gives the bytes of the example in RFC 8785, section 3.2.3', () => {
    const value = {
      numbers: [Number('333333333.33333329'), 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '\u20ac$\u000f\u000aA\'\u0042\u0022\u005c\\"/',
      literals: [null, true, false],
    };
    expect(canonicalJson(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  it('sorts keys by UTF-16 code units and hashes what it writes', () => {
    const value = { '\ufb33': 1, '\u{1f600}': 2, '\u20ac': 3, a: { c: 1, b: 2 } };
    const text = '{"a":{"b":2,"c":1},"\u20ac":3,"\u{1f600}":2,"\ufb33":1}';
    expect(canonicalJson(value)).toBe(text);
    expect(jcsSha256(value)).toBe(`0x${createHash('sha256').update(text).digest('hex')}`);
  });

  it('tells apart what the Event Hash ID cannot', () => {
    expect(jcsSha256({ recordTime: '1' })).not.toBe(jcsSha256({ recordTime: '2' }));
    expect(jcsSha256({ 'ex:batch': 'A', 'ex:grade': '2' })).not.toBe(
      jcsSha256({ 'ex:batch': 'A{ns}grade=2' }),
    );
  });
});

describe('time zone offset', () => {
  it('is minutes east of UTC, up to 14 hours', () => {
    expect(['+00:00', '-06:30', '+14:00', '-14:00', '-00:00'].map(offsetMinutes)).toEqual([
      0, -390, 840, -840, 0,
    ]);
    expect(['+14:01', '+1:00', '0100', '+05:60'].map(offsetMinutes)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});
