import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ApiUnderTest } from '../../test/kit/api-under-test.js';
import { commissioning, piece } from '../../test/kit/epcis-documents.js';
import { documentOf, LABELLED_EVENTS } from './labelled-events.fixture.js';
import { QUERY_CASES } from './query-cases.fixture.js';
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
const asked = (parameters: Record<string, string>): Promise<Answer> =>
  rest.get(`/events?${new URLSearchParams({ 'EXISTS_example:label': 'true', ...parameters }).toString()}`);

describe('GET /events', () => {
  it.each(QUERY_CASES)('%j finds %j', async (parameters, expected) => {
    const answer = await asked(parameters);
    expect([answer.status, answer.status === 200 ? labels(answer).sort().join(' ') : answer.body]).toEqual([
      200,
      expected,
    ]);
  });

  it('orders by event time and counts', async () => {
    const order = { orderBy: 'eventTime', orderDirection: 'ASC', GE_eventTime: '2026-01-05T02:00:00Z' };
    expect(labels(await asked(order))).toEqual(['packed', 'sent', 'turned', 'measured']);
    const limited = await asked({ ...order, eventCountLimit: '3', perPage: '2' });
    expect(labels(limited)).toEqual(['packed', 'sent']);
    const rest2 = await rest.next(limited);
    expect(labels(rest2)).toEqual(['turned']);
    expect(rest2.headers.get('link')).toBeNull();
    expect((await asked({ ...order, maxEventCount: '4' })).status).toBe(200);
    const tooMany = await asked({ ...order, maxEventCount: '3' });
    expect([tooMany.status, tooMany.body]).toEqual([
      413,
      expect.objectContaining({ type: 'epcisException:QueryTooLargeException' }),
    ]);
  });

  it('answers what was sent, with the time of its recording', async () => {
    const [found] = rest.events(await asked({ 'EQ_example:label': 'measured' }));
    const { recordTime, ...event } = found!;
    expect(event).toEqual(LABELLED_EVENTS[4]);
    expect(Date.now() - Date.parse(String(recordTime))).toBeLessThan(120_000);
  });

  it.each([
    ['EQ_bizStp=shipping', 400, 'QueryParameterException', /EQ_bizStp.*EQ_bizStep/],
    ['EQ_colour=red', 400, 'QueryParameterException', /EQ_colour/],
    ['EQ_action=TAKE', 400, 'QueryParameterException', /ADD/],
    ['GE_eventTime=yesterday', 400, 'QueryParameterException', /GE_eventTime/],
    ['eventCountLimit=3', 400, 'QueryParameterException', /orderBy/],
    ['orderBy=eventTime&eventCountLimit=3&maxEventCount=3', 400, 'QueryParameterException', /maxEventCount/],
    ['orderBy=size', 400, 'QueryParameterException', /orderBy/],
    ['perPage=0', 400, 'QueryParameterException', /perPage/],
    ['nextPageToken=WzFd', 400, 'QueryParameterException', /nextPageToken/],
    ['MATCH_epc=urn:epc:idpat:sscc:*.1', 400, 'QueryParameterException', /MATCH_epc.*idpat:sgtin/],
    ['HASATTR_a=b', 400, 'QueryParameterException', /HASATTR_a.*readPoint/],
    ['stream=true', 400, 'SubscriptionControlsException', /stream/],
    [`EQ_bizStep=${'x'.repeat(9_000)}`, 414, 'URITooLongException', /8000/],
    [`MATCH_epc=${Array(201).fill('a').join('|')}`, 400, 'QueryParameterException', /200/],
  ])('%s is refused', async (search, status, exception, detail) => {
    const answer = await rest.get(`/events?${search}`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      status,
      expect.stringContaining('application/problem+json'),
    ]);
    expect(answer.body).toMatchObject({
      type: `epcisException:${exception}`,
      detail: expect.stringMatching(detail),
    });
  });
});

describe('extension fields by namespace', () => {
  const NAMESPACE = 'https://ns.example.com/epcis/';
  const captured = (hour: number, prefix: string, namespace: string): object => ({
    ...documentOf([
      {
        type: 'ObjectEvent',
        action: 'ADD',
        eventTime: `2026-01-08T0${hour}:00:00Z`,
        eventTimeZoneOffset: '+00:00',
        epcList: [piece(700 + hour)],
        ilmd: { [`${prefix}:origin`]: { [`${prefix}:farm`]: 'South' } },
        [`${prefix}:colour`]: 'red',
        [`${prefix}:size`]: 7,
      },
    ]),
    '@context': [
      'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld',
      { [prefix]: hour === 3 ? { '@id': namespace } : namespace },
    ],
  });
  const hours = (answer: Answer): number[] =>
    rest
      .events(answer)
      .map(({ eventTime }) => new Date(String(eventTime)).getUTCHours())
      .toSorted((one, other) => one - other);

  beforeAll(async () => {
    for (const document of [
      captured(1, 'first', NAMESPACE),
      captured(2, 'other', 'https://else.example.com/'),
      captured(3, 'third', NAMESPACE),
      captured(4, 'first', 'https://else.example.com/'),
    ]) {
      expect((await rest.post('/capture', document)).status).toBe(202);
    }
  });

  it.each([
    [`EQ_${NAMESPACE}#colour`, 'red', [1, 3]],
    [`EQ_${NAMESPACE}#colour`, 'blue', []],
    [`GE_${NAMESPACE}#size`, '7', [1, 3]],
    [`EQ_INNER_ILMD_${NAMESPACE}#farm`, 'South', [1, 3]],
    [`EXISTS_ILMD_${NAMESPACE}#origin`, 'true', [1, 3]],
    ['EQ_https://else.example.com/#colour', 'red', [2, 4]],
    ['EQ_first:colour', 'red', [1, 4]],
  ])('%s=%s finds %j', async (name, value, expected) => {
    const search = new URLSearchParams({ [name]: value, GE_eventTime: '2026-01-08T00:00:00Z' });
    expect(hours(await rest.get(`/events?${search.toString()}`))).toEqual(expected);
  });

  it('a kept query gives its own prefixes', async () => {
    const query = { '@context': [{ first: 'https://else.example.com/' }], 'EQ_first:colour': ['red'] };
    expect((await rest.post('/queries', { name: 'of-else', query })).status).toBe(201);
    expect(hours(await rest.get('/queries/of-else/events'))).toEqual([2, 4]);
  });
});

describe('pages', () => {
  beforeAll(async () => {
    await rest.post('/capture', commissioning(1, 47));
  });

  it.each(['', '&orderBy=eventTime&orderDirection=ASC', '&orderBy=recordTime'])(
    'hold every event once, whatever the order%s',
    async (order) => {
      const seen: string[] = [];
      let pages = 0;
      let page = await rest.get(
        `/events?EQ_bizStep=commissioning&GE_eventTime=2026-01-05T08:00:00Z&perPage=10${order}`,
      );
      for (;;) {
        pages += 1;
        seen.push(...rest.events(page).flatMap((event) => event['epcList'] as string[]));
        if (page.headers.get('link') === null) break;
        page = await rest.next(page);
      }
      expect(pages).toBe(5);
      expect(seen.toSorted()).toEqual(Array.from({ length: 47 }, (_, index) => piece(index + 1)).toSorted());
    },
  );

  it('a token of another query is refused', async () => {
    const page = await rest.get('/events?EQ_bizStep=commissioning&perPage=10');
    const token = /nextPageToken=([^&>]+)/.exec(page.headers.get('link') ?? '')?.[1];
    expect((await rest.get(`/events?EQ_bizStep=packing&perPage=10&nextPageToken=${token}`)).status).toBe(400);
    expect((await rest.get(`/events?EQ_bizStep=commissioning&nextPageToken=${token}`)).status).toBe(200);
  });
});
