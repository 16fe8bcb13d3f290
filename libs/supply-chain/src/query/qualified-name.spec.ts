import { describe, expect, it } from '@jest/globals';
import { parseEventQuery } from './parse-query.js';
import { qualifiedName, queryPrefixes } from './qualified-name.js';

const prefixes = queryPrefixes([
  'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld',
  { mine: 'https://ns.example.com/', gs1: 'https://ns.example.com/not/' },
]);

describe('qualifiedName', () => {
  it('is a namespace and a field, by a declared prefix or written out', () => {
    expect(qualifiedName('mine:grade', prefixes)).toEqual({
      namespaces: ['https://ns.example.com/'],
      local: 'grade',
      keys: ['https://ns.example.com/grade'],
    });
    expect(qualifiedName('https://ns.example.com/#grade', prefixes)).toEqual({
      namespaces: ['https://ns.example.com/', 'https://ns.example.com/#'],
      local: 'grade',
      keys: ['https://ns.example.com/#grade', 'https://ns.example.com/grade'],
    });
    expect(qualifiedName('urn:example:ns#a', prefixes)?.local).toBe('a');
  });

  it.each(['other:grade', 'gs1:grade', 'grade', 'https://ns.example.com/grade', 'https://ns.example.com/#'])(
    '%s is a key and nothing more',
    (name) => {
      expect(qualifiedName(name, prefixes)).toBeUndefined();
    },
  );

  it.each([undefined, null, 7, ['x'], { mine: 7 }])('a context of %j declares nothing', (context) => {
    expect(queryPrefixes(context).size).toBe(0);
    expect(parseEventQuery({ '@context': context, 'EQ_mine:a': 'x' }).criteria).toEqual([
      { kind: 'path', path: '$."mine:a" ? (@ == $values[*])', variables: { values: ['x'] } },
    ]);
  });
});
