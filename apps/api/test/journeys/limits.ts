import { describe, expect, it } from '@jest/globals';
import { getIntrospectionQuery } from 'graphql';
import type { ApiUnderTest } from '../kit/api-under-test.js';

/** What a request may not ask for. */
export function limits(api: () => ApiUnderTest): void {
  describe('limits', () => {
    it.each([0, 201, -1])('refuse first: %d', async (first) => {
      const { status, errors } = await api().post(`{ events(first: ${first}) { pageInfo { endCursor } } }`);
      expect([status, errors[0]?.extensions]).toEqual([400, { code: 'PAGE_SIZE_INVALID' }]);
    });

    it('refuse first: 201 in a variable', async () => {
      const { errors } = await api().post(
        'query ($n: Int) { delegates(first: $n) { pageInfo { endCursor } } }',
        { n: 201 },
      );
      expect(errors[0]?.extensions).toEqual({ code: 'PAGE_SIZE_INVALID' });
    });

    it('refuse what nests too deep', async () => {
      const inner = 'modelChange { toVersion { proposal { ';
      const query = `{ proposals { edges { node { ${inner.repeat(5)} id ${'} } } '.repeat(5)} } } } }`;
      const { status, errors } = await api().post(query);
      expect([status, errors[0]?.extensions]).toEqual([400, { code: 'QUERY_TOO_DEEP' }]);
    });

    it('refuse what costs too much', async () => {
      const query = `{ series(first: 200) { edges { node { latestForecast { points { quantiles { level } } } } } } }`;
      const { status, errors } = await api().post(query);
      expect([status, errors[0]?.extensions]).toEqual([400, { code: 'QUERY_TOO_COSTLY' }]);
    });

    it.each<[string, object]>([
      ['query ($id: ID!) { text(id: $id) { id } }', {}],
      ['query ($n: Int) { events(first: $n) { pageInfo { endCursor } } }', { n: 'many' }],
    ])('tell whose fault a variable of another type is: %s', async (query, variables) => {
      const { status, errors } = await api().post(query, variables);
      expect([status, errors[0]]).toMatchObject([
        400,
        { message: expect.stringContaining('Variable'), extensions: { code: 'BAD_USER_INPUT' } },
      ]);
    });

    it('refuse a zero byte in a text, by GraphQL and by REST', async () => {
      const { errors } = await api().post('query ($uri: String!) { item(uri: $uri) { uri } }', {
        uri: 'a\u0000b',
      });
      expect(errors[0]).toMatchObject({
        message: expect.stringContaining('U+0000'),
        extensions: { code: 'BAD_USER_INPUT' },
      });
      const { status } = await fetch(`${api().url}/epcis/v2/queries/a%00b`);
      expect(status).toBe(400);
    });

    it('refuse too many aliases', async () => {
      const query = `{ ${Array.from({ length: 21 }, (_, index) => `a${index}: partners { name }`).join(' ')} }`;
      const { errors } = await api().post(query);
      expect(errors[0]?.extensions).toEqual({ code: 'TOO_MANY_ALIASES' });
    });

    it('refuse a text of too many words', async () => {
      const { errors } = await api().post(`{ partners { ${'name '.repeat(2_500)} } }`);
      expect(errors[0]?.extensions).toEqual({ code: 'GRAPHQL_PARSE_FAILED' });
    });

    it('refuse a large body from who sends no key', async () => {
      const body = JSON.stringify({
        query: '{ partners { name } }',
        variables: { text: 'x'.repeat(300_000) },
      });
      const headers = { 'content-type': 'application/json' };
      const response = await fetch(`${api().url}/graphql`, { method: 'POST', headers, body });
      expect(response.status).toBe(413);
      expect(await response.text()).not.toMatch(/at \w+|node_modules/);
    });

    it('refuse a body that another site could send from a form', async () => {
      const body = new URLSearchParams({ query: '{ partners { name } }' });
      expect((await fetch(`${api().url}/graphql`, { method: 'POST', body })).status).toBe(400);
    });

    it('let the introspection of tools through', async () => {
      const { errors } = await api().post(getIntrospectionQuery());
      expect(errors).toEqual([]);
    });
  });
}
