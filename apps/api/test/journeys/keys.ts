import { describe, expect, it } from '@jest/globals';
import { API_KEY, type ApiUnderTest, type GraphqlAnswer } from '../kit/api-under-test.js';
import { commissioning } from '../kit/epcis-documents.js';

const ADD = `mutation ($input: NewApiKey!) {
  addApiKey(input: $input) { secret key { id prefix scopes expiresAt } }
}`;
const ROTATE = `mutation ($id: ID!, $graceHours: Float!) {
  rotateApiKey(id: $id, graceHours: $graceHours) { secret key { id } }
}`;
const CAPTURE = 'mutation ($document: JSON!) { captureEvents(document: $document) { state } }';

interface Issued {
  readonly secret: string;
  readonly key: { readonly id: string; readonly prefix: string };
}

/** An operator of a partner gives machines keys, changes them without an outage, and takes one back. */
export function partnerKeys(api: () => ApiUnderTest): void {
  const as = (secret: string, query: string, variables: object = {}): Promise<GraphqlAnswer> =>
    api().post(query, variables, { 'x-api-key': secret });
  const capture = (secret: string): Promise<GraphqlAnswer> =>
    as(secret, CAPTURE, { document: commissioning(700, 1) });
  const issued = (answer: GraphqlAnswer, field: string): Issued => {
    expect(answer.errors).toEqual([]);
    return answer.data![field] as Issued;
  };
  const make = async (scopes: string[], label = 'gate 2'): Promise<Issued> =>
    issued(await as(API_KEY, ADD, { input: { label, scopes } }), 'addApiKey');

  describe('keys', () => {
    it('do what their scopes name and nothing else, by GraphQL and by REST', async () => {
      const { secret } = await make(['QUERY']);
      const { errors } = await capture(secret);
      expect(errors[0]).toMatchObject({
        message: expect.stringContaining('lacks the scope capture'),
        extensions: { code: 'FORBIDDEN' },
      });
      const rest = await fetch(`${api().url}/epcis/v2/capture`, { headers: { 'x-api-key': secret } });
      expect([rest.status, await rest.json()]).toEqual([
        403,
        expect.objectContaining({ detail: expect.stringContaining('lacks the scope capture') }),
      ]);
      const sender = await make(['CAPTURE']);
      expect((await capture(sender.secret)).errors).toEqual([]);
    });

    it('are rotated without an outage', async () => {
      const old = await make(['CAPTURE']);
      const rotated = await as(API_KEY, ROTATE, { id: old.key.id, graceHours: 1 });
      const heir = issued(rotated, 'rotateApiKey');
      expect((await capture(old.secret)).errors).toEqual([]);
      expect((await capture(heir.secret)).errors).toEqual([]);
      const { data } = await as(API_KEY, '{ apiKeys { id prefix replacedBy expiresAt lastUsedAt } }');
      const listed = (data!['apiKeys'] as Record<string, unknown>[]).find(({ id }) => id === old.key.id);
      expect(listed).toMatchObject({ prefix: old.key.prefix, replacedBy: heir.key.id });
      expect(listed!['expiresAt']).not.toBeNull();
      expect(listed!['lastUsedAt']).not.toBeNull();
    });

    it('say that they were revoked', async () => {
      const { secret, key } = await make(['CAPTURE']);
      const revoke = 'mutation ($id: ID!) { revokeApiKey(id: $id) }';
      expect((await as(API_KEY, revoke, { id: key.id })).data).toEqual({ revokeApiKey: true });
      expect((await capture(secret)).errors[0]).toMatchObject({
        message: expect.stringContaining('revoked at'),
        extensions: { code: 'UNAUTHENTICATED' },
      });
      expect((await as(API_KEY, revoke, { id: 'none' })).data).toEqual({ revokeApiKey: false });
    });

    it('make and rotate none that may do more than they', async () => {
      const { secret } = await make(['KEYS', 'QUERY']);
      const asked = { input: { label: 'more', scopes: ['QUERY', 'RECALL'] } };
      expect((await as(secret, ADD, asked)).errors[0]?.extensions).toEqual({ code: 'FORBIDDEN' });
      const wide = await make(['RECALL']);
      const rotated = await as(secret, ROTATE, { id: wide.key.id, graceHours: 0 });
      expect(rotated.errors[0]?.extensions).toEqual({ code: 'FORBIDDEN' });
      const fewer = await as(secret, ADD, { input: { label: 'less', scopes: ['QUERY'] } });
      expect(fewer.errors).toEqual([]);
    });

    it('without the scope for it neither list nor make keys', async () => {
      const { secret } = await make(['CAPTURE']);
      expect((await as(secret, '{ apiKeys { id } }')).errors[0]?.extensions).toEqual({ code: 'FORBIDDEN' });
      expect((await api().post('{ apiKeys { id } }')).errors[0]?.extensions).toEqual({
        code: 'UNAUTHENTICATED',
      });
    });

    it('of which no scope is asked, or that have ended already, are not made', async () => {
      const past = { label: 'late', scopes: ['QUERY'], expiresAt: '2020-01-01T00:00:00Z' };
      for (const input of [{ label: 'none', scopes: [] }, past]) {
        const { errors } = await as(API_KEY, ADD, { input });
        expect(errors[0]?.extensions).toEqual({ code: 'ARGUMENT_INVALID' });
      }
    });
  });
}
