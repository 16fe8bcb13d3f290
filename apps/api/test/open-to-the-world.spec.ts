import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { WebSocket } from 'ws';
import { readKnownOperations } from '../src/shared/limits/known-operations.js';
import { startApi, type ApiUnderTest } from './kit/api-under-test.js';
import { firstMessage, liveClient } from './kit/live.js';

const LISTED = '{ partners { name } }';
const PORTAL = 'https://portal.example';
const ADDRESS_PER_MINUTE = 400;
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

describe('an api that the world can reach', () => {
  let folder: string;
  let api: ApiUnderTest;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tallyhouse-open-'));
    const list = join(folder, 'operations.json');
    await writeFile(list, JSON.stringify([sha256(LISTED)]));
    api = await startApi({
      PERSISTED_QUERIES: list,
      CORS_ORIGINS: PORTAL,
      RATE_LIMIT_ADDRESS: String(ADDRESS_PER_MINUTE),
      RATE_LIMIT_KEY: '5',
      RATE_LIMIT_SIGN_IN: '3',
    });
  }, 120_000);

  afterAll(async () => {
    await api?.stop();
    await rm(folder, { recursive: true, force: true });
  }, 60_000);

  const ask = async (body: object, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${api.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });

  describe('with a list of operations', () => {
    it('runs what is on it', async () => {
      expect((await api.post(LISTED)).data).toEqual({ partners: [] });
    });

    it('runs nothing else, and says what is missing', async () => {
      const other = '{ partners { gln } }';
      const { status, errors } = await api.post(other);
      expect([status, errors[0]]).toEqual([
        403,
        expect.objectContaining({
          message: expect.stringContaining(sha256(other)),
          extensions: { code: 'PERSISTED_QUERY_ONLY' },
        }),
      ]);
    });

    it('takes a hash alone once the text has come with it', async () => {
      const text = LISTED;
      const extensions = { persistedQuery: { version: 1, sha256Hash: sha256(text) } };
      const unknown = { persistedQuery: { version: 1, sha256Hash: sha256('{ never }') } };
      const missing = (await (await ask({ extensions: unknown })).json()) as { errors: object[] };
      expect(missing.errors[0]).toMatchObject({
        message: 'PersistedQueryNotFound',
        extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' },
      });
      await ask({ query: text, extensions });
      expect(await (await ask({ extensions })).json()).toEqual({ data: { partners: [] } });
    });

    it('does not let a hash bring a text in that is not on it', async () => {
      const query = '{ partners { address } }';
      const extensions = { persistedQuery: { version: 1, sha256Hash: sha256(query) } };
      for (const body of [{ query, extensions }, { extensions }]) {
        expect(await (await ask(body)).text()).not.toContain('"data"');
      }
    });

    it('holds for subscriptions too', async () => {
      const client = liveClient(api);
      const listen = firstMessage(client, 'subscription { eventCaptured { count } }', {}, () =>
        Promise.resolve(),
      );
      await expect(listen).rejects.toMatchObject([{ extensions: { code: 'PERSISTED_QUERY_ONLY' } }]);
      await client.dispose();
    });

    it.each(['', '{}', '[7]', '["ABC"]'])('does not start with %p for a list', async (text) => {
      const path = join(folder, 'bad.json');
      await writeFile(path, text);
      await expect(readKnownOperations(path)).rejects.toThrow(/PERSISTED_QUERIES: .*bad\.json/);
    });
  });

  describe('for pages of other origins', () => {
    const preflight = (origin: string, path = '/graphql'): Promise<Response> =>
      fetch(`${api.url}${path}`, {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST' },
      });

    it('answers those that the operator names, without cookies', async () => {
      const { status, headers } = await preflight(PORTAL);
      expect([status, headers.get('access-control-allow-origin')]).toEqual([204, PORTAL]);
      expect(headers.get('access-control-allow-headers')).toContain('x-api-key');
      expect(headers.get('access-control-allow-credentials')).toBeNull();
      const answer = await ask({ query: LISTED }, { origin: PORTAL });
      expect(answer.headers.get('access-control-allow-origin')).toBe(PORTAL);
      expect(answer.headers.get('vary')).toMatch(/Origin/i);
    });

    it.each([
      ['https://evil.example', '/graphql'],
      ['null', '/graphql'],
      [PORTAL, '/auth/nonce'],
    ])('has nothing for %s at %s', async (origin, path) => {
      const { headers } = await preflight(origin, path);
      expect(headers.get('access-control-allow-origin')).toBeNull();
    });
  });

  describe('limits', () => {
    it('tell what is left', async () => {
      const { headers } = await ask({ query: LISTED });
      expect(headers.get('ratelimit-policy')).toBe(`"address";q=${ADDRESS_PER_MINUTE};w=60`);
      expect(headers.get('ratelimit')).toMatch(/^"address";r=\d+;t=0$/);
    });

    it('hold for a key, and say when to come back', async () => {
      const headers = { 'x-api-key': 'a key that came too often' };
      const answers: Response[] = [];
      for (let round = 0; round < 6; round += 1) answers.push(await ask({ query: LISTED }, headers));
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429]);
      const last = answers.at(-1)!;
      expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(await last.json()).toEqual({
        errors: [
          { message: expect.stringContaining('one key; ask again in'), extensions: { code: 'RATE_LIMITED' } },
        ],
      });
      const rest = await fetch(`${api.url}/epcis/v2/capture`, { headers });
      expect([rest.status, rest.headers.get('content-type')]).toEqual([
        429,
        expect.stringContaining('application/problem+json'),
      ]);
      expect((await ask({ query: LISTED }, { 'x-api-key': 'another' })).status).toBe(200);
    });

    it('hold for attempts to sign in', async () => {
      const attempt = (): Promise<Response> =>
        fetch(`${api.url}/auth/nonce`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: '{}',
        });
      const statuses: number[] = [];
      for (let round = 0; round < 4; round += 1) statuses.push((await attempt()).status);
      expect(statuses).toEqual([200, 200, 200, 429]);
    });

    it('hold for the sockets of an address', async () => {
      const open = (): Promise<WebSocket | number> =>
        new Promise((resolve) => {
          const socket = new WebSocket(`ws://127.0.0.1:${api.port}/graphql`, 'graphql-transport-ws');
          socket.once('open', () => resolve(socket));
          socket.once('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
          socket.once('error', () => resolve(0));
        });
      const opened = await Promise.all(Array.from({ length: 51 }, open));
      expect(opened.filter((outcome) => outcome === 429)).toHaveLength(1);
      for (const socket of opened) if (typeof socket !== 'number') socket.terminate();
    });

    it('hold for an address, whatever it shows, but not for probes and pages', async () => {
      const invented = Array.from({ length: 2 * ADDRESS_PER_MINUTE }, (_, index) => `invented ${index}`);
      const answers = await Promise.all(invented.map((key) => ask({ query: LISTED }, { 'x-api-key': key })));
      expect(answers.some(({ status }) => status === 429)).toBe(true);
      expect((await fetch(`${api.url}/health`)).status).toBe(200);
    }, 60_000);
  });
});
