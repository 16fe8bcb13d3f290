import { describe, expect, it } from '@jest/globals';
import canonicalize from 'canonicalize';
import { canonicalJson } from './canonical-json.js';
import type { JsonValue } from './json.js';

describe('canonicalJson', () => {
  it('writes the example of RFC 8785', () => {
    const value =
      JSON.parse(String.raw`{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],
      "string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}`) as JsonValue;
    expect(canonicalJson(value)).toBe(
      String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
    );
  });

  it('orders keys by UTF-16 units, as another implementation does', () => {
    const value = JSON.parse(
      String.raw`{"\u20ac":1,"\r":2,"\ufb33":3,"1":4,"\ud83d\ude00":5,"\u0080":6,"\u00f6":[{}, [], {"b":-0,"a":1e21}],"__proto__":7}`,
    ) as JsonValue;
    expect(canonicalJson(value)).toBe(canonicalize(value));
  });

  it('refuses half a surrogate pair, also in a key, infinities and bottomless nesting', () => {
    expect(() => canonicalJson({ a: '\ud800' })).toThrow('surrogate');
    expect(() => canonicalJson({ '\udc00': 1 })).toThrow('surrogate');
    expect(() => canonicalJson([Number.NaN])).toThrow('not JSON');
    let deep: JsonValue = 1;
    for (let level = 0; level < 70; level++) deep = [deep];
    expect(() => canonicalJson(deep)).toThrow('64 levels');
  });
});
