import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ApiUnderTest } from '../../test/kit/api-under-test.js';
import { commissioning } from '../../test/kit/epcis-documents.js';
import { NAMES } from './labelled-events.fixture.js';
import type { Answer, RestClient } from './rest-client.fixture.js';
import { startRest } from './rest-under-test.fixture.js';

let api: ApiUnderTest;
let rest: RestClient;

beforeAll(async () => {
  ({ api, rest } = await startRest());
  await rest.post('/capture', commissioning(1, 47));
}, 90_000);
afterAll(() => api?.stop());

const labels = (answer: Answer): string[] =>
  rest.events(answer).map((event) => String(event['example:label']));

describe('top-level resources', () => {
  const members = async (path: string): Promise<unknown> =>
    ((await rest.get(path)).body as { member: unknown }).member;

  it('list what is stored, each value once and in pages', async () => {
    expect(await members('')).toHaveLength(9);
    expect(await members('/eventTypes')).toEqual([
      'AggregationEvent',
      'ObjectEvent',
      'TransactionEvent',
      'TransformationEvent',
    ]);
    expect(await members('/bizSteps')).toEqual([
      'commissioning',
      'other',
      'packing',
      'sensor_reporting',
      'shipping',
    ]);
    expect(await members('/dispositions')).toEqual(['active', 'in_progress', 'in_transit']);
    expect(await members('/readPoints')).toEqual([NAMES.factory, NAMES.shop]);
    expect(await members('/bizLocations')).toEqual([NAMES.factory, NAMES.shop]);
    const epcs: string[] = [];
    for (let page = await rest.get('/epcs?perPage=20'); ; page = await rest.next(page)) {
      epcs.push(...(page.body as { member: string[] }).member);
      if (page.headers.get('link') === null) break;
    }
    expect(epcs).toContain(NAMES.pallet);
    expect(epcs).not.toContain(NAMES.lot);
    expect(new Set(epcs).size).toBe(epcs.length);
    expect(epcs.filter((epc) => epc.includes('/21/')).length).toBe(47);
  });

  it('lead to the events of a value', async () => {
    const epc = `/epcs/${encodeURIComponent(NAMES.pallet)}`;
    expect(await members(epc)).toEqual(['events']);
    expect(labels(await rest.get(`${epc}/events?EQ_bizStep=shipping`))).toEqual(['sent']);
    expect(rest.events(await rest.get('/bizSteps/shipping/events'))).toHaveLength(1);
    expect((await rest.get('/bizSteps/shipping/events?EQ_bizStep=packing')).status).toBe(400);
    expect((await rest.get('/bizSteps/shiping/events')).status).toBe(404);
    expect((await rest.get(`/epcs/${encodeURIComponent(NAMES.lot)}`)).status).toBe(404);
    expect((await rest.get('/colours')).status).toBe(404);
  });
});

describe('named queries', () => {
  it('are kept, listed, run in pages and forgotten', async () => {
    const query = { EQ_bizStep: ['commissioning'], orderBy: 'eventTime', 'EXISTS_example:label': true };
    const made = await rest.post('/queries', { name: 'made-here', query });
    expect([made.status, made.headers.get('location')]).toEqual([201, '/epcis/v2/queries/made-here']);
    expect((await rest.post('/queries', { name: 'made-here', query })).status).toBe(409);
    expect((await rest.get('/queries/made-here')).body).toEqual({ name: 'made-here', query });
    expect((await rest.get('/queries')).body).toEqual([{ name: 'made-here', query }]);
    const first = await rest.get('/queries/made-here/events?perPage=1');
    expect(JSON.stringify(first.body)).toContain('"queryName":"made-here"');
    expect([...labels(first), ...labels(await rest.next(first))].sort()).toEqual(['corrected', 'made']);
    await api.dataSource.query(`UPDATE named_query SET partner = '0xsomebody'`);
    expect((await rest.send('DELETE', '/queries/made-here')).status).toBe(403);
    await api.dataSource.query(`UPDATE named_query SET partner = (SELECT partner FROM partner_key)`);
    expect((await rest.send('DELETE', '/queries/made-here')).status).toBe(204);
    for (const path of ['/queries/made-here', '/queries/made-here/events']) {
      expect((await rest.get(path)).body).toMatchObject({ type: 'epcisException:NoSuchNameException' });
    }
  });

  it.each([
    [{ name: 'a', query: { EQ_bizStp: ['x'] } }, 400],
    [{ name: 'a b', query: {} }, 400],
    [{ name: 'a' }, 400],
    [[], 400],
    [{ name: 'a', query: { EQ_bizStep: { deep: 1 } } }, 400],
    [{ name: 'a', query: { HASATTR_colour: ['x'] } }, 400],
  ])('%j is refused', async (body, status) => {
    expect((await rest.post('/queries', body)).status).toBe(status);
  });

  it('must be there before they are subscribed to', async () => {
    const answer = await rest.post('/queries/x/subscriptions', {});
    expect([answer.status, answer.body]).toEqual([
      404,
      expect.objectContaining({ type: 'epcisException:NoSuchNameException' }),
    ]);
  });
});

describe('discovery', () => {
  it.each([
    ['', 'OPTIONS, GET, HEAD'],
    ['/capture', 'OPTIONS, GET, HEAD, POST'],
    ['/capture/x', 'OPTIONS, GET, HEAD'],
    ['/events', 'OPTIONS, GET, HEAD, POST'],
    ['/queries/x', 'OPTIONS, GET, HEAD, DELETE'],
    ['/epcs/x/events', 'OPTIONS, GET, HEAD'],
  ])('OPTIONS %s tells its methods and versions', async (path, allow) => {
    const answer = await rest.send('OPTIONS', path);
    expect([answer.status, answer.headers.get('allow')]).toEqual([204, allow]);
    expect(answer.headers.get('gs1-epcis-version')).toBe('2.0.0');
    expect(answer.headers.get('gs1-cbv-max')).toBe('2.0.0');
    expect(answer.headers.get('gs1-epcis-capture-limit')).toBe(path === '/capture' ? '1000000' : null);
  });

  it('HEAD answers the headers of GET, other methods are refused', async () => {
    const head = await rest.send('HEAD', '/events?perPage=1');
    expect([head.status, head.headers.get('link')]).toEqual([200, expect.stringContaining('rel="next"')]);
    const put = await rest.send('PUT', '/events');
    expect([put.status, put.headers.get('allow')]).toEqual([405, 'OPTIONS, GET, HEAD, POST']);
    expect((await rest.send('DELETE', '/nextPageToken/x')).status).toBe(501);
    expect((await rest.send('OPTIONS', '/colours')).status).toBe(404);
  });
});

it('a fault of our own says nothing of the database', async () => {
  await api.dataSource.query('ALTER TABLE named_query RENAME TO hidden_query');
  try {
    const answer = await rest.get('/queries');
    expect(answer.status).toBe(500);
    expect(JSON.stringify(answer.body)).not.toMatch(/named_query|relation|SELECT/);
  } finally {
    await api.dataSource.query('ALTER TABLE hidden_query RENAME TO named_query');
  }
});
