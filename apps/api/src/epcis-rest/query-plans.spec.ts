import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  EventQueryError,
  EventQueryReader,
  narrowed,
  pageSql,
  parseEventQuery,
} from '@tallyhouse/supply-chain';
import { asViewer, scopedDataSource } from '@tallyhouse/database';
import { startPostgres, type LocalPostgres } from '@tallyhouse/testing';
import type { DataSource } from 'typeorm';
import { migrationDataSource } from '../../../../migrations/data-source.js';

const EVENTS = 20_000;
const URI = 'https://id.gs1.org/01/09521141012345/21/';
const OTHER_URI = 'https://id.gs1.org/01/09521141999998/21/';

let postgres: LocalPostgres;
let source: DataSource;
/** What a partner reads with where rows are private. */
let scoped: DataSource;

beforeAll(async () => {
  postgres = await startPostgres();
  const url = await postgres.createTestDatabase('plans');
  source = await migrationDataSource(url).initialize();
  await source.runMigrations();
  await fill();
  const extra = { options: '-c tallyhouse.partner_data=private' };
  scoped = await scopedDataSource({ type: 'postgres', url, extra }, 'ANONYMOUS').initialize();
}, 120_000);
afterAll(async () => {
  await scoped.destroy();
  await source.destroy();
  await postgres.stop();
});

/** A year of events, 40 of each step, each of an item of its own, one in 100 of the product that is asked for. */
async function fill(): Promise<void> {
  await source.query(
    `INSERT INTO epcis_event (id, event_time, tz_offset, record_time, partner, event_type, action, biz_step, disposition,
       read_point, biz_location, event_hash, jcs_sha256, disclosure_root, disclosure_secret, capture_job, body)
     SELECT gen_random_uuid(), timestamptz '2026-01-01Z' + n * interval '20 min', '+00:00', now() + n * interval '1 ms',
       '0xa1', CASE n % 500 WHEN 0 THEN 'TransformationEvent' ELSE 'ObjectEvent' END, 'OBSERVE', 'step-' || n % 500,
       'disp-' || n % 500, 'https://id.gs1.org/414/' || n % 500, 'https://id.gs1.org/414/' || n % 500,
       sha256(n::text::bytea), sha256('j'), sha256('d'), sha256('s'), gen_random_uuid(),
       json_build_object('type', 'ObjectEvent', 'eventID', 'urn:uuid:' || n, 'epcList', 
         json_build_array(CASE n % 100 WHEN 77 THEN $2 ELSE $3 END || n))
     FROM generate_series(1, $1::integer) n`,
    [EVENTS, URI, OTHER_URI],
  );
  await source.query(
    `INSERT INTO event_item (event_time, event_id, ordinal, role, uri, product)
     SELECT event_time, id, 0, 'EPC', body -> 'epcList' ->> 0, left(body -> 'epcList' ->> 0, 36) FROM epcis_event`,
  );
  await source.query(
    `INSERT INTO event_biz_tx SELECT event_time, id, 0, 'po', 'po-' || (body ->> 'eventID') FROM epcis_event`,
  );
  await source.query(
    `INSERT INTO event_source_dest SELECT event_time, id, 0, 'SOURCE', 'location', read_point FROM epcis_event`,
  );
  // As autovacuum does it: each partition, never the table as a whole.
  for (const table of ['epcis_event', 'event_item', 'event_biz_tx', 'event_source_dest']) {
    await source.query(`ANALYZE ${table}_2026`);
  }
}

interface Plan {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly Plans?: readonly Plan[];
}

type Planned = Promise<{ nodes: Plan[]; ms: number }>;

const WHO: Readonly<Record<string, (parameters: Record<string, unknown>) => Planned>> = {
  'the owner of the database': (parameters) => plan(source, parameters),
  'a partner whose rows are private': (parameters) => {
    const viewer = { partners: ['0xa1'], addresses: ['0xa1'], hasGrants: false };
    const scope = { viewer: () => Promise.resolve(viewer), operation: () => 'plan' };
    return asViewer(scope, () => plan(scoped, parameters));
  },
};

async function plan(source: DataSource, parameters: Record<string, unknown>): Planned {
  const query = await narrowed(source.manager, parseEventQuery(parameters));
  const { sql, values } = pageSql(query, undefined, 31);
  const [row] = (await source.query(`EXPLAIN (ANALYZE, FORMAT JSON) ${sql}`, values)) as [
    { 'QUERY PLAN': [{ Plan: Plan; 'Execution Time': number }] },
  ];
  const nodes = (node: Plan): Plan[] => [node, ...(node.Plans ?? []).flatMap(nodes)];
  return { nodes: nodes(row['QUERY PLAN'][0].Plan), ms: row['QUERY PLAN'][0]['Execution Time'] };
}

describe.each(Object.keys(WHO))('plans of event queries of %s', (who) => {
  it.each<[string, Record<string, unknown>]>([
    ['no condition', {}],
    ['event time', { GE_eventTime: '2026-03-01T00:00:00Z', LT_eventTime: '2026-03-02T00:00:00Z' }],
    ['record time', { GE_recordTime: '2026-01-01T00:00:00Z', orderBy: 'recordTime', orderDirection: 'ASC' }],
    ['type', { eventType: 'TransformationEvent' }],
    ['step', { EQ_bizStep: 'step-7' }],
    ['steps', { EQ_bizStep: ['step-7', 'step-8'] }],
    ['disposition', { EQ_disposition: 'disp-7' }],
    ['read point', { EQ_readPoint: 'https://id.gs1.org/414/7' }],
    ['location', { EQ_bizLocation: 'https://id.gs1.org/414/7' }],
    ['EPC', { MATCH_epc: `${URI}77` }],
    ['EPCs', { MATCH_anyEPC: [`${URI}77`, `${URI}177`] }],
    ['transaction', { EQ_bizTransaction_po: 'po-urn:uuid:77' }],
    ['source', { EQ_source_location: 'https://id.gs1.org/414/7' }],
    ['quantity', { GE_quantity: 0, EQ_bizStep: 'step-7' }],
    ['pattern', { MATCH_epc: 'urn:epc:idpat:sgtin:9521141.001234.*' }],
    ['pattern of all', { MATCH_epc: 'urn:epc:idpat:sgtin:9521141.099999.*' }],
    ['pattern of a company', { MATCH_epc: 'urn:epc:idpat:sgtin:9521149.*.*' }],
    ['pattern of a scheme', { MATCH_epc: 'urn:epc:idpat:sscc:*.*' }],
    ['eventID', { EQ_eventID: 'urn:uuid:77' }],
    ['master data', { 'EQATTR_readPoint_cbvmda:city': 'Fancy' }],
    ['place inside', { WD_readPoint: 'https://id.gs1.org/414/7', EQ_bizStep: 'step-7' }],
    ['extension order', { orderBy: 'example:size', EQ_bizStep: 'step-7' }],
    ['EPC and step', { MATCH_epc: `${URI}77`, EQ_bizStep: 'step-77' }],
  ])('%s: no table that holds events is read through', async (name, parameters) => {
    const { nodes, ms } = await WHO[who]!(parameters);
    // What is planned for rows that only a grant could show is not run where the rows are one's own.
    const readThrough = nodes.filter(
      (node) =>
        node['Node Type'] === 'Seq Scan' &&
        node['Actual Loops'] > 0 &&
        node['Relation Name']?.endsWith('_2026'),
    );
    if (process.env['SHOW_PLANS']) {
      const used = new Set(
        nodes.map((node) => node['Index Name']).filter((index) => index?.includes('2026')),
      );
      console.info(`${who}, ${name}: ${ms.toFixed(1)} ms, ${[...used].join(', ')}`);
    }
    expect(readThrough).toEqual([]);
  });

  it.each([
    'urn:epc:idpat:sgtin:9521149.*.*',
    'urn:epc:idpat:sscc:*.*',
    'urn:epc:idpat:sgtin:9521141.001234.*',
  ])('%s: no more events are looked at than it can mean', async (pattern) => {
    const { nodes } = await WHO[who]!({ MATCH_epc: pattern });
    const looked = nodes
      .filter((node) => node['Relation Name']?.startsWith('epcis_event'))
      .map((node) => node['Actual Rows'] * node['Actual Loops']);
    expect(Math.max(0, ...looked)).toBeLessThanOrEqual(EVENTS / 100);
  });
});

describe('a query', () => {
  it('that takes too long is stopped and refused', async () => {
    const blocker = source.createQueryRunner();
    await blocker.connect();
    await blocker.startTransaction();
    await blocker.query('LOCK TABLE epcis_event IN ACCESS EXCLUSIVE MODE');
    try {
      const reading = new EventQueryReader(source).page(parseEventQuery({}), 10, undefined, 200);
      await expect(reading).rejects.toMatchObject({ code: 'QUERY_TOO_COMPLEX' });
      await expect(reading).rejects.toBeInstanceOf(EventQueryError);
    } finally {
      await blocker.rollbackTransaction();
      await blocker.release();
    }
  });
});
