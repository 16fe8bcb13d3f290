import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { Server } from 'node:http';
import { duplexPair } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { WebSocket, type RawData } from 'ws';
import { resetUpgrade } from '../../test/kit/reset-upgrade.js';
import type { ApiUnderTest } from '../../test/kit/api-under-test.js';
import { documentOf, LABELLED_EVENTS } from './labelled-events.fixture.js';
import type { RestClient } from './rest-client.fixture.js';
import { startRest } from './rest-under-test.fixture.js';
import { QuerySockets } from './sockets/query-sockets.js';

jest.setTimeout(60_000);

const ORIGIN = 'http://127.0.0.1:9';
const TOKEN = '13df38d8275b13f05704629e5f1cf3d45d6132d5';
const OTHER_KEY = 'key-of-others';
let api: ApiUnderTest;
let rest: RestClient;

beforeAll(async () => {
  ({ api, rest } = await startRest({ WEBHOOK_TRUSTED_ORIGINS: ORIGIN }));
  await rest.post('/queries', { name: 'shipped', query: { EQ_bizStep: ['shipping'] } });
  await rest.post('/queries', { name: 'cut', query: { orderBy: 'eventTime', eventCountLimit: 5 } });
  await api.dataSource.query('INSERT INTO partner_key (key_sha256, partner, label) VALUES ($1, $2, $3)', [
    createHash('sha256').update(OTHER_KEY).digest(),
    '0x00000000000000000000000000000000000000b2',
    'others',
  ]);
}, 90_000);
afterAll(() => api?.stop());

const AT = '/queries/shipped/subscriptions';
const stream = { dest: `${ORIGIN}/hook`, stream: true };

describe('subscriptions by webhook', () => {
  it('are made, shown without their token, listed, and deleted', async () => {
    const made = await rest.post(AT, {
      ...stream,
      signatureToken: TOKEN,
      initialRecordTime: '2026-01-01T00:00:00Z',
    });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      ...stream,
      ...{ initialRecordTime: '2026-01-01T00:00:00.000Z', signed: true, waiting: 0, deadLetters: 0 },
    });
    expect(JSON.stringify(made.body)).not.toContain(TOKEN);
    const path = made.headers.get('location')!.replace('/epcis/v2', '');
    const shown = await rest.get(path);
    expect(shown.body).toEqual(made.body);
    const scheduled = await rest.post(AT, {
      dest: stream.dest,
      schedule: { hour: '1', minute: '5' },
      reportIfEmpty: true,
    });
    expect(scheduled.body).toMatchObject({
      schedule: { hour: '1', minute: '5' },
      reportIfEmpty: true,
      signed: false,
    });
    expect((scheduled.body as { nextRunAt: string }).nextRunAt).toMatch(/T01:05:00\.000Z$/);
    const first = await rest.get(`${AT}?perPage=1`);
    expect(first.body).toEqual([made.body]);
    expect((await rest.next(first)).body).toEqual([scheduled.body]);
    expect((await rest.send('DELETE', path)).status).toBe(204);
    expect((await rest.get(path)).status).toBe(404);
    expect((await rest.send('DELETE', path)).status).toBe(404);
  });

  it.each<[unknown, number, string, string]>([
    [{ dest: 'http://partner.example/', stream: true }, 400, 'ValidationException', 'is not https'],
    [{ dest: 'https://169.254.169.254/latest', stream: true }, 400, 'ValidationException', 'public internet'],
    [{ dest: 'https://localhost:9/hook', stream: true }, 400, 'ValidationException', 'public internet'],
    [{ dest: 'https://nobody.invalid/', stream: true }, 400, 'ValidationException', 'has no address'],
    [{ dest: 7, stream: true }, 400, 'ValidationException', 'dest'],
    [{ stream: true }, 400, 'ValidationException', 'dest'],
    [{ ...stream, signatureToken: '' }, 400, 'ValidationException', 'signatureToken'],
    [{ ...stream, signatureToken: 'x'.repeat(257) }, 400, 'ValidationException', 'signatureToken'],
    [{ ...stream, secret: 'x' }, 400, 'ValidationException', 'secret: is none of'],
    [{ ...stream, ['__proto__x']: 1 }, 400, 'ValidationException', 'is none of'],
    [{ dest: stream.dest }, 400, 'SubscriptionControlsException', 'stream: missing'],
    [{ ...stream, schedule: { hour: '1' } }, 400, 'SubscriptionControlsException', 'excludes'],
    [{ dest: stream.dest, schedule: { hour: '25' } }, 400, 'SubscriptionControlsException', 'from 0 to 23'],
    [[], 400, 'ValidationException', 'object'],
  ])('are refused where they cannot be (case %#)', async (body, status, exception, words) => {
    const answer = await rest.post(AT, body);
    expect([answer.status, answer.body]).toEqual([
      status,
      expect.objectContaining({
        type: `epcisException:${exception}`,
        detail: expect.stringContaining(words),
      }),
    ]);
  });

  it('need a key, a query, and a query that does not cut its answer', async () => {
    expect((await rest.post(AT, stream, { 'x-api-key': 'wrong' })).status).toBe(401);
    expect((await rest.get(AT, { 'x-api-key': 'wrong' })).status).toBe(401);
    expect((await rest.post('/queries/nothing/subscriptions', stream)).status).toBe(404);
    expect((await rest.get('/queries/nothing/subscriptions')).status).toBe(404);
    expect((await rest.get(`${AT}/nothing`)).status).toBe(404);
    const cut = await rest.post('/queries/cut/subscriptions', stream);
    expect(cut.body).toMatchObject({ type: 'epcisException:SubscriptionControlsException', status: 400 });
    expect((await rest.send('PUT', AT)).status).toBe(405);
    expect((await rest.send('OPTIONS', `${AT}/x`)).headers.get('allow')).toContain('DELETE');
  });

  it('are seen and ended by their own partner only, though others may subscribe to the query', async () => {
    const mine = await rest.post(AT, stream);
    const path = mine.headers.get('location')!.replace('/epcis/v2', '');
    const other = { 'x-api-key': OTHER_KEY };
    expect((await rest.get(path, other)).status).toBe(404);
    expect((await rest.send('DELETE', path, undefined, other)).status).toBe(404);
    expect((await rest.get(`${path}/deadLetters`, other)).status).toBe(404);
    expect((await rest.post(AT, stream, other)).status).toBe(201);
    expect((await rest.get(AT, other)).body).toHaveLength(1);
  });

  it('show what was given up, and send it again', async () => {
    const made = await rest.post(AT, stream);
    const path = made.headers.get('location')!.replace('/epcis/v2', '');
    const { subscriptionID: id } = made.body as { subscriptionID: string };
    await api.dataSource.query(
      `INSERT INTO webhook_delivery (id, endpoint_id, content_type, body, state, created_at, attempts, last_error)
       VALUES (gen_random_uuid(), $1, 'application/json', '{}', 'DEAD', now(), 12, 'the webhook answered 500')`,
      [id],
    );
    expect((await rest.get(path)).body).toMatchObject({
      deadLetters: 1,
      lastError: 'the webhook answered 500',
    });
    expect((await rest.get(`${path}/deadLetters`)).body).toMatchObject([{ attempts: 12, bytes: 2 }]);
    expect((await rest.post(`${path}/deadLetters/retry`, {})).body).toEqual({ retried: 1 });
    expect((await rest.get(path)).body).toMatchObject({ deadLetters: 0, waiting: 1 });
  });

  it('are not asked for by reading', async () => {
    for (const path of ['/queries/shipped/events?stream=true', '/events?stream=true', '/events?minute=5']) {
      const answer = await rest.get(path);
      expect([answer.status, answer.body]).toEqual([
        400,
        expect.objectContaining({ type: 'epcisException:SubscriptionControlsException' }),
      ]);
    }
  });
});

describe('subscriptions over WebSocket', () => {
  const open = async (search: string, name = 'shipped'): Promise<WebSocket> => {
    const socket = new WebSocket(
      `${api.url.replace('http', 'ws')}/epcis/v2/queries/${name}/events?${search}`,
    );
    await once(socket, 'open');
    return socket;
  };
  const labelsOf = (message: RawData): string[] => {
    const text = (message as Buffer).toString('utf8');
    const { epcisBody } = JSON.parse(text) as {
      epcisBody: { queryResults: { resultsBody: { eventList: Record<string, unknown>[] } } };
    };
    return epcisBody.queryResults.resultsBody.eventList.map((event) => String(event['example:label']));
  };
  const shipping = LABELLED_EVENTS.find(({ bizStep }) => bizStep === 'shipping')!;
  const capture = async (label: string): Promise<void> => {
    const answer = await rest.post('/capture', documentOf([{ ...shipping, 'example:label': label }]));
    expect(answer.status).toBe(202);
  };

  it('tell every client of what is captured, and of what was when asked', async () => {
    const [one, other] = await Promise.all([
      open('stream=true'),
      open('stream=true&initialRecordTime=2026-01-01T00:00:00Z'),
    ]);
    const earlier = await once(other, 'message');
    expect(labelsOf(earlier[0] as RawData)).toContain('sent');
    const told = Promise.all([once(one, 'message'), once(other, 'message')]);
    await capture('live');
    const messages = await told;
    expect(messages.map(([text]) => labelsOf(text as RawData))).toEqual([['live'], ['live']]);
    one.close();
    other.close();
  });

  it('tell at the moments of a schedule, of nothing when asked', async () => {
    const socket = await open('second=[0-59]&reportIfEmpty=true');
    const [text] = await once(socket, 'message');
    expect(labelsOf(text as RawData)).toEqual([]);
    socket.close();
  });

  it('end when a client sends something', async () => {
    const socket = await open('stream=true');
    const closed = once(socket, 'close');
    socket.send('hello');
    expect((await closed)[0]).toBe(1008);
    const large = await open('stream=true');
    const gone = once(large, 'close');
    large.on('error', () => undefined).send('x'.repeat(10_000));
    expect((await gone)[0]).toBe(1009);
  });

  it('end for a client that does not read', async () => {
    const sockets = api.app.get(QuerySockets, { strict: false });
    const { settings } = sockets;
    sockets.settings = { ...settings, sendTimeoutMs: 100 };
    const notes = Array.from({ length: 9 }, () => 'n'.repeat(90_000));
    const large = { ...shipping, 'example:label': 'large', 'example:notes': notes };
    const captured = await rest.post('/events', { '@context': documentOf([])['@context'], ...large });
    expect(captured.status).toBe(201);
    // A connection in memory holds little, where the kernel's buffers would take megabytes before anybody noticed.
    const [socket, served] = duplexPair();
    (api.app.getHttpServer() as Server).emit('connection', served);
    socket.write(
      'GET /epcis/v2/queries/shipped/events?stream=true&initialRecordTime=2026-01-01T00:00:00Z HTTP/1.1\r\nHost: x\r\n' +
        'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n' +
        'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
    );
    await waitFor(async () => openSockets(sockets) === 1);
    await waitFor(async () => openSockets(sockets) === 0);
    sockets.settings = settings;
    socket.destroy();
  });

  it.each([
    ['', 400],
    ['stream=false', 400],
    ['stream=true&minute=5', 400],
    ['stream=true&stream=true', 400],
    ['stream=true&EQ_action=ADD', 400],
    ['minute=77', 400],
    ['stream=true', 404, 'nothing'],
    ['stream=true', 400, 'cut'],
    ['stream=true', 400, '%ff'],
  ])('are refused where they cannot be: %s', async (search, status, name = 'shipped') => {
    const socket = new WebSocket(
      `${api.url.replace('http', 'ws')}/epcis/v2/queries/${name}/events?${search}`,
    );
    socket.on('error', () => undefined);
    const [, response] = (await once(socket, 'unexpected-response')) as [
      unknown,
      { statusCode: number; headers: object },
    ];
    expect(response.statusCode).toBe(status);
    expect(response.headers).toMatchObject({ 'content-type': 'application/problem+json' });
    socket.terminate();
  });

  it('outlive clients that reset, and are bounded for an address', async () => {
    const { port } = new URL(api.url);
    for (let count = 0; count < 5; count++) {
      await resetUpgrade(Number(port), '/epcis/v2/queries/shipped/events?stream=true');
    }
    const sockets = await Promise.all(Array.from({ length: 50 }, () => open('stream=true')));
    const refused = new WebSocket(
      `${api.url.replace('http', 'ws')}/epcis/v2/queries/shipped/events?stream=true`,
    );
    refused.on('error', () => undefined);
    const [, response] = (await once(refused, 'unexpected-response')) as [unknown, { statusCode: number }];
    expect(response.statusCode).toBe(503);
    refused.terminate();
    await Promise.all(sockets.map((socket) => (socket.close(), once(socket, 'close'))));
  });
});

function openSockets(sockets: QuerySockets): number {
  return (sockets as unknown as { open: Set<unknown> }).open.size;
}

async function waitFor(holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 40_000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error('it did not come about');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
