import { beforeAll, describe, expect, it } from '@jest/globals';
import { buildSchema, parse, specifiedRules, validate, type GraphQLSchema } from 'graphql';
import { schemaText } from '../../schema/generate-schema.js';
import { aliasRule } from './alias.rule.js';
import { assertAffordable, MAX_COST } from './complexity.js';
import { depthRule } from './depth.rule.js';

let schema: GraphQLSchema;

beforeAll(async () => {
  schema = buildSchema(await schemaText());
});

describe('cost', () => {
  const costOf = (text: string, variables = {}): number =>
    assertAffordable(schema, parse(text), undefined, variables);

  it('is one for each object that may come back', () => {
    expect(costOf('{ event(id: "a") { id } }')).toBe(1);
    expect(costOf('{ event(id: "a") { id captureJob { id } anchor { root } } }')).toBe(3);
  });

  it('takes a connection at the length asked for, in variables too', () => {
    // Each row: the connection's share, its edge and its node.
    expect(costOf('{ events(first: 10) { edges { node { id } } } }')).toBe(30);
    expect(costOf('query ($n: Int!) { events(first: $n) { edges { node { id } } } }', { n: 100 })).toBe(300);
    expect(costOf('{ events { edges { node { id } } } }')).toBe(60);
  });

  it('multiplies lists within lists', () => {
    expect(costOf('{ item(uri: "a") { history(first: 20) { edges { node { id } } } } }')).toBe(61);
    expect(() =>
      costOf(
        '{ proposals(first: 200) { edges { node { votes(first: 200) { edges { node { voter } } } } } } }',
      ),
    ).toThrow(`the limit is ${MAX_COST}`);
  });

  it('counts what fragments stand for', () => {
    const text =
      '{ events(first: 10) { ...page } } fragment page on EventConnection { edges { node { id } } }';
    expect(costOf(text)).toBe(30);
  });

  it.each(['events(first: 0)', 'events(first: 201)', 'delegates(first: 1000)'])('refuses %s', (field) => {
    expect(() => costOf(`{ ${field} { pageInfo { endCursor } } }`)).toThrow(
      'first: expected a number from 1 to 200',
    );
  });

  it('refuses more than 2,000 observations', () => {
    const text = (last: number): string =>
      `{ seriesById(id: "a") { observations(last: ${last}) { value } } }`;
    expect(() => costOf(text(2_000))).not.toThrow();
    expect(() => costOf(text(2_001))).toThrow('last: expected a number from 1 to 2000');
  });
});

describe('depth', () => {
  const faultsOf = (text: string): string[] =>
    validate(schema, parse(text), [depthRule]).map(({ message }) => message);
  const nested = (levels: number): string => `{ a ${'{ a '.repeat(levels - 1)}${'}'.repeat(levels - 1)} }`;

  it('is refused beyond 14', () => {
    expect(faultsOf(nested(14))).toEqual([]);
    expect(faultsOf(nested(15))).toEqual(['the operation is deeper than 14 fields: split it']);
  });

  it('counts through fragments and inline fragments', () => {
    const text = `{ a { ...deep } } fragment deep on A { a { ... { ${nested(13).slice(1, -1)} } } }`;
    expect(faultsOf(text)).toHaveLength(1);
  });

  it('ends on fragments that spread each other', () => {
    expect(faultsOf('{ a { ...x } } fragment x on A { b { ...y } } fragment y on A { c { ...x } }')).toEqual(
      [],
    );
  });

  it.each(['a', '...f40', '...unknown'])(
    'ends on fragments that double with each level, down to { %s }',
    (last) => {
      const fragments = Array.from(
        { length: 40 },
        (_, index) => `fragment f${index} on A { ...f${index + 1} ...f${index + 1} }`,
      );
      const text = `{ ...f0 } ${fragments.join(' ')} fragment f40 on A { ${last} }`;
      expect(faultsOf(text)).toEqual(['the operation selects more than 5000 fields: split it']);
    },
  );
});

describe('aliases', () => {
  const text = (aliases: number): string =>
    `{ ${Array.from({ length: aliases }, (_, index) => `a${index}: partners { name }`).join(' ')} }`;

  it('are refused beyond 20', () => {
    expect(validate(schema, parse(text(20)), [...specifiedRules, aliasRule])).toEqual([]);
    expect(
      validate(schema, parse(text(21)), [aliasRule]).map(({ extensions }) => extensions['code']),
    ).toEqual(['TOO_MANY_ALIASES']);
  });
});
