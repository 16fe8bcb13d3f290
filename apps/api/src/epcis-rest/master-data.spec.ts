import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EventQueryReader, parseEventQuery } from '@tallyhouse/supply-chain';
import type { ApiUnderTest } from '../../test/kit/api-under-test.js';
import { documentOf, NAMES } from './labelled-events.fixture.js';
import type { RestClient } from './rest-client.fixture.js';
import { startRest } from './rest-under-test.fixture.js';

const VTYPE = 'urn:epcglobal:epcis:vtype:';
const GATE = `${NAMES.factory}/254/gate`;
const DOCK = `${NAMES.shop}/254/dock`;

const element = (id: string, attributes: Record<string, unknown>, children: string[] = []): object => ({
  id,
  attributes: Object.entries(attributes).map(([name, attribute]) => ({ id: name, attribute })),
  children,
});
const vocabulary = (type: string, ...vocabularyElementList: object[]): object => ({
  type: VTYPE + type,
  vocabularyElementList,
});

/** What the sender of the labelled events says of what they name. */
const MASTER_DATA = {
  ...documentOf([]),
  epcisHeader: {
    epcisMasterData: {
      vocabularyList: [
        vocabulary('ReadPoint', element(NAMES.factory, { 'cbvmda:city': 'Fancy', 'example:gates': 3 })),
        vocabulary(
          'BusinessLocation',
          element(NAMES.factory, { 'urn:epcglobal:cbv:mda#city': 'Plain' }, [GATE]),
          element(GATE, {}, [DOCK]),
          element(DOCK, {}, [NAMES.shop, GATE]),
        ),
        vocabulary(
          'BusinessStep',
          element('https://ref.gs1.org/cbv/BizStep-packing', { 'example:cost': 'low' }),
        ),
        vocabulary('BusinessTransaction', element(NAMES.order, { 'example:total': 12 })),
        vocabulary('Party', element(NAMES.shop, { 'cbvmda:name': 'The shop' })),
        vocabulary('EPCClass', element(NAMES.product, { 'example:colour': 'red' })),
        vocabulary('EPCInstance', element(NAMES.piece(5), { 'example:owner': 'Kim' })),
        vocabulary('Machine', element('urn:example:press', { 'example:maker': 'Acme' })),
      ],
    },
  },
};

/** Parameters, and the labels of the events that they find. */
const CASES: readonly (readonly [Record<string, string>, string])[] = [
  [{ HASATTR_readPoint: 'cbvmda:city' }, 'made sent'],
  [{ HASATTR_readPoint: 'urn:epcglobal:cbv:mda#city' }, 'made sent'],
  [{ HASATTR_readPoint: 'cbvmda:street|example:gates' }, 'made sent'],
  [{ HASATTR_readPoint: 'https://ns.example.com/epcis/gates' }, 'made sent'],
  [{ HASATTR_readPoint: 'cbvmda:street' }, ''],
  [{ HASATTR_bizLocation: 'example:gates' }, ''],
  [{ 'EQATTR_readPoint_cbvmda:city': 'Fancy' }, 'made sent'],
  [{ 'EQATTR_readPoint_cbvmda:city': 'Plain' }, ''],
  [{ 'EQATTR_bizLocation_cbvmda:city': 'Plain|Other' }, 'made packed'],
  [{ 'EQATTR_readPoint_example:gates': '3' }, 'made sent'],
  [{ 'EQATTR_bizStep_example:cost': 'low' }, 'packed'],
  [{ HASATTR_disposition: 'example:cost' }, ''],
  [{ HASATTR_bizTransaction: 'example:total' }, 'sent'],
  [{ 'EQATTR_bizTransactionList_example:total': '13' }, ''],
  [{ 'EQATTR_destination_cbvmda:name': 'The shop' }, 'sent'],
  [{ 'EQATTR_source_cbvmda:name': 'The shop' }, ''],
  [{ 'EQATTR_epcClass_example:colour': 'red' }, 'made packed turned'],
  [{ 'EQATTR_quantityList_example:colour': 'red' }, 'made'],
  [{ 'EQATTR_epcList_example:colour': 'red', EQ_bizStep: 'shipping' }, 'sent'],
  [{ 'EQATTR_epcList_example:owner': 'Kim' }, 'measured'],
  [{ 'EQATTR_parentID_example:colour': 'red' }, ''],
  [{ HASATTR_parentID: 'example:colour' }, ''],
  [{ 'EQATTR_outputEPCList_example:colour': 'red' }, 'turned'],
  [{ WD_bizLocation: NAMES.factory }, 'corrected made packed'],
  [{ WD_bizLocation: GATE }, 'corrected'],
  [{ WD_readPoint: NAMES.factory }, 'made sent'],
];

let api: ApiUnderTest;
let rest: RestClient;

beforeAll(async () => {
  ({ api, rest } = await startRest());
  const answer = await rest.post('/capture', MASTER_DATA);
  const job = await rest.get((answer.headers.get('location') ?? '').replace('/epcis/v2', ''));
  expect(job.body).toMatchObject({ success: true, masterDataElements: 10 });
}, 90_000);
afterAll(() => api?.stop());

const found = async (parameters: Record<string, string>): Promise<string> => {
  const answer = await rest.get(`/events?${new URLSearchParams(parameters).toString()}`);
  return rest
    .events(answer)
    .map((event) => String(event['example:label']))
    .toSorted()
    .join(' ');
};

describe('events by master data of their sender', () => {
  it.each(CASES)('%j finds %j', async (parameters, expected) => {
    expect(await found(parameters)).toBe(expected);
  });

  it('an extension field may name an element as well', async () => {
    const event = {
      type: 'ObjectEvent',
      action: 'OBSERVE',
      eventTime: '2026-01-05T06:00:00Z',
      eventTimeZoneOffset: '+00:00',
      epcList: [NAMES.piece(9)],
      'example:label': 'pressed',
      'example:machine': 'urn:example:press',
    };
    await rest.post('/capture', documentOf([event]));
    expect(await found({ 'EQATTR_example:machine_example:maker': 'Acme' })).toBe('pressed');
    expect(await found({ 'EQATTR_example:machine_example:maker': 'Other' })).toBe('');
    expect(await found({ 'HASATTR_example:label': 'example:maker' })).toBe('');
  });

  it('what another partner says changes nothing of what is found', async () => {
    const other = { partner: '0x00000000000000000000000000000000000000b2', city: 'Stolen' };
    await api.dataSource.query(
      `INSERT INTO master_data SELECT $1, vocabulary, uri, 1, id,
         jsonb_build_array(jsonb_build_object('id', 'cbvmda:city', 'name', 'urn:epcglobal:cbv:mda:city', 'value', $2::text)),
         ARRAY[$3], capture_job, now() FROM master_data WHERE uri = $4`,
      [other.partner, other.city, NAMES.shop, NAMES.factory],
    );
    expect(await found({ 'EQATTR_readPoint_cbvmda:city': other.city })).toBe('');
    expect(await found({ WD_readPoint: NAMES.factory })).toBe('made sent');
  });

  it('a step, a time and an attribute are met together', async () => {
    const query = parseEventQuery({
      'EQATTR_readPoint_cbvmda:city': 'Fancy',
      EQ_bizStep: 'shipping',
      LT_eventTime: '2026-01-05T03:30:00Z',
    });
    const { events } = await new EventQueryReader(api.dataSource).page(query, 10);
    expect(events.map(({ body }) => (body as { 'example:label'?: unknown })['example:label'])).toEqual([
      'sent',
    ]);
  });

  it('GraphQL tells what is said of an element, by whom and since when', async () => {
    const { data, errors } = await api.post(
      `query ($id: String!) { masterData(id: $id, versions: true) {
         partner vocabulary uri version attributes { name value } children supersededAt captureJob { masterDataElements } } }`,
      { id: 'urn:epc:id:sgln:9521141.00002.0' },
    );
    expect(errors).toEqual([]);
    expect(data?.['masterData']).toEqual([
      expect.objectContaining({
        vocabulary: 'Party',
        uri: NAMES.shop,
        version: 1,
        attributes: [{ name: 'urn:epcglobal:cbv:mda:name', value: 'The shop' }],
        supersededAt: null,
        captureJob: { masterDataElements: 10 },
      }),
    ]);
  });
});
