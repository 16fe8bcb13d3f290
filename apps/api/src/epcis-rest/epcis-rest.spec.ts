import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { API_KEY, startApi, type ApiUnderTest } from '../../test/kit/api-under-test.js';
import { commissioning, faulty, piece } from '../../test/kit/epcis-documents.js';
import { documentOf, LABELLED_EVENTS, NAMES } from './labelled-events.fixture.js';
import { restClient, type Answer, type RestClient } from './rest-client.fixture.js';

let api: ApiUnderTest;
let rest: RestClient;

beforeAll(async () => {
  api = await startApi();
  rest = restClient(`${api.url}/epcis/v2`, API_KEY);
  const answer = await rest.post('/capture', documentOf(LABELLED_EVENTS));
  if (answer.status !== 202) throw new Error(JSON.stringify(answer));
  const job = await rest.get((answer.headers.get('location') ?? '').replace('/epcis/v2', ''));
  expect(job.body).toMatchObject({
    running: false,
    success: true,
    stored: LABELLED_EVENTS.length,
    errors: [],
  });
}, 90_000);
afterAll(() => api?.stop());

const labels = (answer: Answer): string[] =>
  rest.events(answer).map((event) => String(event['example:label']));
const asked = (parameters: Record<string, string>): Promise<Answer> =>
  rest.get(`/events?${new URLSearchParams({ 'EXISTS_example:label': 'true', ...parameters }).toString()}`);

describe('GET /events', () => {
  const { piece: ours, lot, product, pallet, factory, shop } = NAMES;
  const pattern = 'urn:epc:idpat:sgtin:9521141.001234.*';
  it.each<[Record<string, string>, string]>([
    [{}, 'corrected made measured packed sent turned'],
    [{ eventType: 'AggregationEvent|TransactionEvent' }, 'packed sent'],
    [{ GE_eventTime: '2026-01-05T04:00:00+01:00', LT_eventTime: '2026-01-05T05:00:00Z' }, 'sent turned'],
    [{ GE_recordTime: '2020-01-01T00:00:00Z', LT_recordTime: '2020-01-02T00:00:00Z' }, ''],
    [{ EQ_action: 'ADD' }, 'corrected made packed'],
    [{ EQ_bizStep: 'commissioning|https://ref.gs1.org/cbv/BizStep-packing' }, 'corrected made packed'],
    [{ EQ_disposition: 'active|in_transit' }, 'made sent'],
    [{ EQ_persistentDisposition_set: 'completeness_verified' }, 'packed'],
    [{ EQ_persistentDisposition_unset: 'https://ref.gs1.org/cbv/Disp-completeness_inferred' }, 'packed'],
    [{ EQ_persistentDisposition_set: 'completeness_inferred' }, ''],
    [{ EQ_readPoint: factory }, 'made sent'],
    [{ EQ_readPoint: 'urn:epc:id:sgln:9521141.00001.0' }, 'made sent'],
    [{ EQ_bizLocation: `${factory}|${shop}` }, 'corrected made packed'],
    [{ EQ_transformationID: NAMES.transformation }, 'turned'],
    [{ MATCH_epc: ours(1) }, 'made packed'],
    [{ MATCH_epc: ours(3) }, 'sent'],
    [{ MATCH_epc: lot }, ''],
    [{ MATCH_epc: pallet }, ''],
    [{ MATCH_parentID: pallet }, 'packed sent'],
    [{ MATCH_inputEPC: ours(3) }, 'turned'],
    [{ MATCH_outputEPC: ours(3) }, ''],
    [{ MATCH_outputEPC: ours(4) }, 'turned'],
    [{ MATCH_anyEPC: `${ours(3)}|${pallet}` }, 'packed sent turned'],
    [{ MATCH_epcClass: lot }, 'made packed'],
    [{ MATCH_epcClass: product }, 'packed'],
    [{ MATCH_epcClass: ours(1) }, ''],
    [{ MATCH_inputEPCClass: lot }, 'turned'],
    [{ MATCH_inputEPCClass: product }, ''],
    [{ MATCH_outputEPCClass: product }, 'turned'],
    [{ MATCH_anyEPCClass: lot }, 'made packed turned'],
    [{ MATCH_anyEPCClass: pattern }, 'packed turned'],
    [{ EQ_quantity: '10' }, 'made'],
    [{ GT_quantity: '3', LE_quantity: '10' }, 'made packed'],
    [{ LT_quantity: '3' }, 'turned'],
    [{ GE_quantity_KGM: '2', LE_quantity_KGM: '2' }, 'turned'],
    [{ EQ_bizTransaction_po: NAMES.order }, 'sent'],
    [{ EQ_bizTransaction_inv: NAMES.order }, ''],
    [{ EQ_source_location: factory }, 'sent'],
    [{ EQ_destination_location: factory }, ''],
    [{ EQ_destination_location: shop }, 'sent'],
    [{ EQ_eventID: NAMES.eventId }, 'corrected made'],
    [{ EXISTS_errorDeclaration: 'true' }, 'corrected'],
    [{ EXISTS_errorDeclaration: 'false', EQ_action: 'ADD' }, 'corrected made packed'],
    [{ GE_errorDeclarationTime: '2026-01-06T00:00:00Z' }, 'corrected'],
    [{ LT_errorDeclarationTime: '2026-01-06T00:00:00Z' }, ''],
    [{ EQ_errorReason: 'incorrect_data' }, 'corrected'],
    [{ EQ_correctiveEventID: NAMES.correctionId }, 'corrected'],
    [{ 'EQ_ERROR_DECLARATION_example:note': 'typed twice' }, 'corrected'],
    [{ GE_startTime: '2026-01-05T10:00:00+01:00', LT_startTime: '2026-01-05T09:00:01Z' }, 'measured'],
    [{ LT_endTime: '2026-01-05T09:30:00Z' }, ''],
    [{ GE_endTime: '2026-01-05T09:30:00.000Z' }, 'measured'],
    [{ EQ_type: 'Temperature' }, 'measured'],
    [{ EQ_type: 'gs1:Speed' }, ''],
    [{ EQ_deviceID: 'https://id.gs1.org/8004/9521141333' }, 'measured'],
    [{ EQ_deviceID: 'https://id.gs1.org/8004/9521141111' }, 'measured'],
    [{ EQ_SENSORMETADATA_deviceID: 'https://id.gs1.org/8004/9521141111' }, ''],
    [{ EQ_SENSORREPORT_deviceID: 'https://id.gs1.org/8004/9521141111' }, 'measured'],
    [{ EQ_dataProcessingMethod: 'https://id.gs1.org/253/9521141000014DP' }, 'measured'],
    [{ EQ_bizRules: 'https://id.gs1.org/253/9521141000014BR' }, 'measured'],
    [{ EQ_stringValue: 'SomeString' }, 'measured'],
    [{ EQ_booleanValue: 'true' }, 'measured'],
    [{ EQ_booleanValue: 'false' }, ''],
    [{ EQ_hexBinaryValue: 'F0F0F0' }, 'measured'],
    [{ EQ_uriValue: 'https://id.gs1.org/8004/9521141222' }, 'measured'],
    [{ EQ_microorganism: 'https://www.ncbi.nlm.nih.gov/taxonomy/1126011' }, 'measured'],
    [{ EQ_chemicalSubstance: 'https://identifiers.org/inchikey:CZMRCDWAGMRECN-UHFFFAOYSA-N' }, 'measured'],
    [{ GE_percRank: '50' }, 'measured'],
    [{ GT_percRank: '50' }, ''],
    [{ GT_value_CEL: '26', LE_value_CEL: '26.5' }, 'measured'],
    [{ GT_value_FAH: '26' }, ''],
    [{ 'EQ_SENSORELEMENT_example:probe': 'P1' }, 'measured'],
    [{ 'EQ_ILMD_example:grade': 'A|B' }, 'made'],
    [{ 'EQ_ILMD_example:farm': 'North' }, ''],
    [{ 'EQ_INNER_ILMD_example:farm': 'North' }, 'made'],
    [{ 'GT_INNER_ILMD_example:field': '11' }, 'made'],
    [{ 'EXISTS_ILMD_example:grade': 'true' }, 'made'],
    [{ 'EQ_readPoint_example:door': '7' }, 'made'],
    [{ 'EQ_example:label': 'sent|turned' }, 'sent turned'],
    [{ 'EQ_example:litres': '7.50' }, 'measured'],
    [{ 'GE_example:litres': '7.5', 'LT_example:litres': '8' }, 'measured'],
    [{ 'EQ_INNER_example:by': 'Kim' }, 'measured'],
    [{ 'EQ_example:by': 'Kim' }, ''],
    [{ 'GE_INNER_example:at': '2026-01-05T09:00:00Z' }, 'measured'],
    [{ 'LT_INNER_example:at': '2026-01-05T09:00:00Z' }, ''],
    [{ 'EQ_INNER_example:farm': 'North' }, ''],
    [{ 'EQ_example:"]) || true || (@ == "': 'x' }, ''],
  ])('%j finds %j', async (parameters, expected) => {
    const answer = await asked(parameters);
    expect([answer.status, answer.status === 200 ? labels(answer).sort().join(' ') : answer.body]).toEqual([
      200,
      expected,
    ]);
  });

  it('a pattern finds the serialised items of a product and no class', async () => {
    expect(labels(await asked({ MATCH_epc: 'urn:epc:idpat:sgtin:9521141.001234.*' })).sort()).toEqual([
      'corrected',
      'made',
      'measured',
      'packed',
      'sent',
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
    ['WD_readPoint=https://id.gs1.org/414/9521141000014', 501, 'ImplementationException', /EQ_readPoint/],
    ['MATCH_epc=urn:epc:idpat:sscc:9521141.*', 501, 'ImplementationException', /sgtin/],
    ['HASATTR_a=b', 501, 'ImplementationException', /HASATTR_a/],
    ['stream=true', 501, 'ImplementationException', /stream/],
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
    [' '.repeat(16 * 1024 * 1024 + 1), 413, 'CaptureLimitExceededException'],
  ])('refuses what is no document (case %#)', async (text, status, exception) => {
    const answer = await rest.send('POST', '/capture', text);
    expect([answer.status, answer.body]).toEqual([
      status,
      expect.objectContaining({ type: `epcisException:${exception}` }),
    ]);
  });

  it('refuses other forms, versions and behaviours', async () => {
    const status = async (headers: Record<string, string>): Promise<number> =>
      (await rest.post('/capture', commissioning(901, 1), headers)).status;
    expect(await status({ 'content-type': 'application/xml' })).toBe(415);
    expect(await status({ 'gs1-epcis-version': '1.2' })).toBe(406);
    expect(await status({ accept: 'application/xml' })).toBe(406);
    expect(await status({ 'gs1-epc-format': 'Always_EPC_URN' })).toBe(406);
    expect(await status({ 'gs1-capture-error-behaviour': 'ignore' })).toBe(400);
    expect(await status({ 'content-type': 'application/ld+json', 'gs1-epcis-version': '2.0' })).toBe(202);
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
    expect(epcs.filter((epc) => epc.includes('/21/')).length).toBe(49);
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
    [{ name: 'a', query: { WD_bizLocation: ['x'] } }, 501],
  ])('%j is refused', async (body, status) => {
    expect((await rest.post('/queries', body)).status).toBe(status);
  });

  it('have no subscriptions', async () => {
    const answer = await rest.post('/queries/x/subscriptions', {});
    expect([answer.status, answer.body]).toEqual([
      501,
      expect.objectContaining({ type: 'epcisException:ImplementationException' }),
    ]);
    expect((await rest.get('/queries/x/events?minute=5')).status).toBe(501);
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
    expect(answer.headers.get('gs1-epcis-capture-limit')).toBe(path === '/capture' ? '10000' : null);
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
