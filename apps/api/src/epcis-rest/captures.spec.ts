import { createHash } from 'node:crypto';
import { request } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { API_KEY, type ApiUnderTest } from '../../test/kit/api-under-test.js';
import { PARTNER } from '../../test/kit/chain-rows.js';
import { commissioning, faulty } from '../../test/kit/epcis-documents.js';
import { documentOf, LABELLED_EVENTS, NAMES } from './labelled-events.fixture.js';
import type { Answer, RestClient } from './rest-client.fixture.js';
import { startRest } from './rest-under-test.fixture.js';

let api: ApiUnderTest;
let rest: RestClient;

beforeAll(async () => {
  ({ api, rest } = await startRest());
}, 90_000);
afterAll(() => api?.stop());

const labels = (answer: Answer): string[] =>
  rest.events(answer).map((event) => String(event['example:label']));

describe('POST /capture', () => {
  it('needs a key', async () => {
    for (const path of ['/capture', '/events', '/queries']) {
      const answer = await rest.post(path, commissioning(900, 1), { 'x-api-key': 'wrong' });
      expect([answer.status, answer.body]).toEqual([
        401,
        expect.objectContaining({ type: 'epcisException:SecurityException' }),
      ]);
    }
  });

  it.each([
    ['rollback', 0],
    ['proceed', 1],
  ])('%s stores %i of a good and a faulty event, and the job tells why', async (behaviour, stored) => {
    const answer = await rest.post('/capture', faulty(), { 'gs1-capture-error-behaviour': behaviour });
    expect(answer.status).toBe(202);
    const job = await rest.get((answer.headers.get('location') ?? '').replace('/epcis/v2', ''));
    expect(job.body).toMatchObject({ success: false, captureErrorBehaviour: behaviour, stored });
    expect(JSON.stringify(job.body)).toContain('/epcisBody/eventList/1');
  });

  it.each([
    ['{"type":', 400, 'ValidationException'],
    ['', 400, 'ValidationException'],
    ['{"type":"EPCISDocument","type":"EPCISDocument"}', 400, 'ValidationException'],
    [
      JSON.stringify(documentOf(Array.from({ length: 10_001 }, () => ({ type: 'ObjectEvent' })))),
      413,
      'CaptureLimitExceededException',
    ],
    [' '.repeat(2 * 1024 * 1024 + 1), 400, 'ValidationException'],
  ])('refuses what is no document (case %#)', async (text, status, exception) => {
    const answer = await rest.send('POST', '/capture', text);
    expect([answer.status, answer.body]).toEqual([
      status,
      expect.objectContaining({ type: `epcisException:${exception}` }),
    ]);
  });

  it('takes a long document in while it arrives, its context before its events', async () => {
    const long = documentOf(
      Array.from({ length: 5_000 }, (_, index) => ({
        ...LABELLED_EVENTS[2],
        'example:label': 'long',
        'example:note': 'x'.repeat(200),
        eventTime: new Date(Date.UTC(2025, 0, 1, 0, 0, index)).toISOString(),
      })),
    );
    const answer = await rest.post('/capture', long);
    expect([answer.status, answer.body]).toEqual([202, undefined]);
    const job = await rest.get((answer.headers.get('location') ?? '').replace('/epcis/v2', ''));
    expect(job.body).toMatchObject({ success: true, stored: 5_000 });
    const { '@context': context, ...others } = long;
    const late = await rest.post('/capture', { ...others, '@context': context });
    expect([late.status, JSON.stringify(late.body)]).toEqual([400, expect.stringContaining('@context')]);
    await api.dataSource.query(`DELETE FROM epcis_event WHERE event_time < '2025-06-01'`);
  }, 60_000);

  it('refuses a document of more than a gigabyte before reading it', async () => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const headers = {
        'x-api-key': API_KEY,
        'content-type': 'application/json',
        'content-length': 2 ** 30 + 1,
      };
      const sent = request(`${api.url}/epcis/v2/capture`, { method: 'POST', headers }, (response) => {
        resolve(response.statusCode);
        sent.destroy();
      });
      sent.on('error', reject);
      sent.write('{');
    });
    expect(status).toBe(413);
  });

  it('stops a packed body that unpacks to more than it holds', async () => {
    const response = await fetch(`${api.url}/epcis/v2/capture`, {
      method: 'POST',
      headers: { 'x-api-key': API_KEY, 'content-type': 'application/json', 'content-encoding': 'gzip' },
      body: gzipSync(' '.repeat(16 * 1024 * 1024 + 1)),
    });
    expect([response.status, await response.json()]).toEqual([
      413,
      expect.objectContaining({ type: 'epcisException:CaptureLimitExceededException' }),
    ]);
  });

  it('refuses other forms, versions and behaviours', async () => {
    const status = async (headers: Record<string, string>): Promise<number> =>
      (await rest.post('/capture', commissioning(901, 1), headers)).status;
    expect(await status({ 'content-type': 'application/xml' })).toBe(415);
    expect(await status({ 'content-type': 'text/csv' })).toBe(415);
    expect(await status({ 'gs1-epcis-version': '1.2' })).toBe(406);
    expect(await status({ accept: 'application/xml' })).toBe(406);
    expect(await status({ 'gs1-epc-format': 'Always_EPC_URN' })).toBe(406);
    expect(await status({ 'gs1-capture-error-behaviour': 'ignore' })).toBe(400);
    expect(await status({ 'content-type': 'application/ld+json', 'gs1-epcis-version': '2.0' })).toBe(202);
  });

  it('takes XML in, and answers with the prefixes that its events came with', async () => {
    const xml = (namespace: string, second: number): string =>
      `<e:EPCISDocument xmlns:e="urn:epcglobal:epcis:xsd:1" xmlns:p="${namespace}" schemaVersion="1.2"
        creationDate="2024-05-01T00:00:00Z"><EPCISBody><EventList><ObjectEvent>
        <eventTime>2024-05-01T00:00:0${second}Z</eventTime><eventTimeZoneOffset>+00:00</eventTimeZoneOffset>
        <epcList><epc>urn:epc:id:sscc:4012345.1112223334</epc></epcList><action>OBSERVE</action>
        <bizStep>urn:epcglobal:cbv:bizstep:receiving</bizStep><p:dock>7</p:dock>
        </ObjectEvent></EventList></EPCISBody></e:EPCISDocument>`;
    const send = (text: string, type: string) =>
      rest.send('POST', '/capture', text, { 'content-type': type });
    const answers = [
      await send(xml('https://a.example/', 1), 'application/xml'),
      await send(xml('https://b.example/', 2), 'text/xml; charset=utf-8'),
    ];
    expect(answers.map(({ status }) => status)).toEqual([202, 202]);
    expect((await send(xml('https://a.example/', 3), 'application/json')).status).toBe(415);
    const bomb = `<!DOCTYPE x [<!ENTITY a "a">]>${xml('https://a.example/', 4)}`;
    expect((await send(bomb, 'application/xml')).status).toBe(400);
    const found = await rest.get(
      '/events?LT_eventTime=2024-06-01T00:00:00Z&orderBy=eventTime&orderDirection=ASC',
    );
    expect(rest.events(found)).toMatchObject([
      { bizStep: 'receiving', '@context': { p: 'https://a.example/' }, 'p:dock': '7' },
      { bizStep: 'receiving', '@context': { p: 'https://b.example/' }, 'p:dock': '7' },
    ]);
    const one = await rest.get('/events?LT_eventTime=2024-05-01T00:00:02Z');
    expect((one.body as { '@context': unknown[] })['@context'][1]).toEqual({ p: 'https://a.example/' });
    await api.dataSource.query(`DELETE FROM epcis_event WHERE event_time < '2025-01-01'`);
  });

  it('gives the document back byte for byte, to the partner who sent it', async () => {
    const text = `\n${JSON.stringify(commissioning(950, 2), null, '\t')} `;
    const answer = await rest.send('POST', '/capture', text, {
      'content-type': 'application/ld+json; charset=utf-8',
    });
    const path = (answer.headers.get('location') ?? '').replace('/epcis/v2', '');
    const sha256 = createHash('sha256').update(text).digest();
    expect((await rest.get(path)).body).toMatchObject({
      document: {
        mediaType: 'application/ld+json; charset=utf-8',
        bytes: text.length,
        sha256: sha256.toString('hex'),
      },
      anchoring: { pending: 2, sealed: 0, anchored: 0, final: 0 },
    });
    const response = await fetch(`${api.url}/epcis/v2${path}/document`, {
      headers: { 'x-api-key': API_KEY },
    });
    expect(await response.text()).toBe(text);
    expect(response.headers.get('content-type')).toBe('application/ld+json; charset=utf-8');
    expect(response.headers.get('repr-digest')).toBe(`sha-256=:${sha256.toString('base64')}:`);
    expect((await rest.get(`${path}/document`, { 'x-api-key': 'wrong' })).status).toBe(401);
    expect((await rest.get('/capture/nothing/document')).status).toBe(404);
    const setPartner = (partner: string): Promise<unknown> =>
      api.dataSource.query('UPDATE capture_job SET partner = $2 WHERE id = $1', [
        path.split('/')[2],
        partner,
      ]);
    await setPartner('another');
    expect((await rest.get(`${path}/document`)).status).toBe(403);
    await setPartner(PARTNER);
  });

  it('lists the jobs of the partner, page by page', async () => {
    expect((await rest.get('/capture', { 'x-api-key': 'wrong' })).status).toBe(401);
    const ids = new Set<unknown>();
    for (let page = await rest.get('/capture?perPage=2'); ; page = await rest.next(page)) {
      for (const job of page.body as { captureID: string }[]) ids.add(job.captureID);
      if (page.headers.get('link') === null) break;
    }
    const [{ count }] = (await api.dataSource.query(
      'SELECT count(*)::integer AS count FROM capture_job',
    )) as [{ count: number }];
    expect(ids.size).toBe(count);
    expect((await rest.get('/capture/831c0292-4de1-430a-8255-2aca821abaab')).status).toBe(404);
    expect((await rest.get('/capture/none')).status).toBe(404);
  });
});

describe('POST /events', () => {
  const event = {
    ...LABELLED_EVENTS[1],
    '@context': documentOf([])['@context'],
    eventTime: '2026-01-07T00:00:00Z',
  };

  it('stores one event, finds it under its location, and stores it once', async () => {
    const answer = await rest.post('/events', event);
    expect([answer.status, answer.body]).toEqual([201, event]);
    const location = answer.headers.get('location') ?? '';
    expect(decodeURIComponent(location)).toMatch(/\/events\/ni:\/\/\/sha-256;[0-9a-f]{64}\?ver=CBV2\.0$/);
    const found = rest.events(await rest.get(location.replace('/epcis/v2', '')));
    expect(found).toEqual([{ ...event, recordTime: expect.any(String) }]);
    const again = await rest.post('/events', event);
    expect([again.status, again.body]).toEqual([
      409,
      expect.objectContaining({ type: 'epcisException:ResourceAlreadyExistsException' }),
    ]);
  });

  it('refuses a document and a faulty event', async () => {
    expect((await rest.post('/events', commissioning(902, 1))).status).toBe(400);
    const answer = await rest.post('/events', { ...event, action: 'TAKE' });
    expect([answer.status, JSON.stringify(answer.body)]).toEqual([400, expect.stringContaining('/action')]);
  });

  it('finds events by eventID and by our own id', async () => {
    const byEventId = await rest.get(`/events/${encodeURIComponent(NAMES.eventId)}`);
    expect(labels(byEventId).sort()).toEqual(['corrected', 'made']);
    const [{ id }] = (await api.dataSource.query('SELECT id FROM epcis_event LIMIT 1')) as [{ id: string }];
    expect(rest.events(await rest.get(`/events/${id}`))).toHaveLength(1);
    expect((await rest.get('/events/nobody')).status).toBe(404);
    expect((await rest.get('/events/%zz')).status).toBe(400);
  });
});
