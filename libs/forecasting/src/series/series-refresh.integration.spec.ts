import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { openStore, type TestStore } from '../../../supply-chain/test/capture-kit.js';
import { SeriesRefreshService } from './series-refresh.service.js';

jest.setTimeout(120_000);

const BATCHES = 12;

/** 360 events of two partners over four months, thirty a batch; the ninth batch holds nothing that a series counts. */
const FILL = `
  WITH numbered AS (
    SELECT n, ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid AS id, n % ${BATCHES} AS batch,
           timestamptz '2026-01-01T12:00:00Z' + (n * n * 7 % 120) * interval '1 day' AS event_time
    FROM generate_series(0, 359) n
  ), event AS (
    INSERT INTO epcis_event (id, event_time, tz_offset, record_time, partner, event_type, biz_step, biz_location, event_hash, jcs_sha256,
      disclosure_root, disclosure_secret, capture_job, body)
    SELECT id, event_time, '+00:00', now(), CASE batch % 2 WHEN 0 THEN '0xa' ELSE '0xb' END, 'ObjectEvent',
           CASE WHEN batch = 9 THEN 'storing' WHEN n % 3 = 0 THEN 'receiving' ELSE 'retail_selling' END, 'urn:site:' || n % 2,
           sha256(n::text::bytea), sha256('b'), sha256('c'), sha256('d'), id, '{}'
    FROM numbered RETURNING id
  ), item AS (
    INSERT INTO event_item (event_time, event_id, ordinal, role, uri, product, quantity)
    SELECT event_time, id, 0, 'EPC', 'urn:item:' || n, 'urn:product:' || n % 4, 1 + n % 5 FROM numbered
  ), batch AS (
    INSERT INTO anchor_batch (partner, submitter, seq, root, count, prev_head, head, schema_id, uri, sealed_at)
    SELECT CASE n % 2 WHEN 0 THEN '0xa' ELSE '0xb' END, '0xa', n, '0x' || n, 30, '0x', '0x', '0x', 'm', now()
    FROM generate_series(0, ${BATCHES - 1}) n RETURNING id, seq
  )
  INSERT INTO anchor_leaf (batch_id, leaf_index, event_id, leaf, event_time)
  SELECT b.id, n.n / ${BATCHES}, n.id, sha256('l'), n.event_time FROM numbered n JOIN batch b ON b.seq = n.batch`;

describe('series of what is anchored', () => {
  let store: TestStore;
  let series: SeriesRefreshService;
  beforeAll(async () => {
    store = await openStore();
    await store.source.query(FILL);
    series = new SeriesRefreshService(store.source);
  });
  afterAll(() => store.close());

  const anchor = (batch: number): Promise<unknown> =>
    store.source.query(
      `INSERT INTO trace_anchored (chain_id, block_number, block_hash, log_index, tx_hash, block_time, partner, root, seq, count,
         prev_head, head, schema_id, submitter, uri)
       SELECT 31337, 3, '0x', seq, '0x', now(), partner, root, seq, count, prev_head, head, schema_id, submitter, uri
       FROM anchor_batch WHERE seq = $1`,
      [batch],
    );
  const takeBack = (batch: number): Promise<unknown> =>
    store.source.query('DELETE FROM trace_anchored WHERE seq = $1', [batch]);
  /** Makes everything again, as if nothing were known of before. */
  const changedByMakingAll = async (): Promise<number> => {
    await store.source.query('DELETE FROM series_basis');
    return series.refresh();
  };
  const total = async (): Promise<number> => {
    const [row]: { total: number }[] = await store.source.query(
      `SELECT COALESCE(sum(value), 0)::float AS total FROM observation JOIN series s ON s.id = series_id
       WHERE s.grain = 'TOTAL' AND s.frequency = 'DAILY'`,
    );
    return row!.total;
  };

  it('are, after every batch that comes or is taken back, what making all of them again gives', async () => {
    for (const step of [0, 1, 2, -1, 3, 4, 5, 1, -4, -0, 6, 7, 8, -2, 2, 10, 11, 0, 4]) {
      if (step < 0 || Object.is(step, -0)) await takeBack(-step);
      else await anchor(step);
      expect(await series.refresh()).toBeGreaterThan(0);
      expect(await changedByMakingAll()).toBe(0);
    }
  });

  it('change by nothing when nothing was anchored, or nothing that they count', async () => {
    const before = await total();
    expect(await series.refresh()).toBe(0);
    await anchor(9);
    expect(await series.refresh()).toBe(0);
    expect(await changedByMakingAll()).toBe(0);
    expect(await total()).toBe(before);
  });

  it('follow the master data: a site that moves to a country is in its sum from the beginning', async () => {
    await store.source.query(
      `INSERT INTO site (uri, name, kind, country, partner) VALUES ('urn:site:1', 'Harbour', 'port', 'NL', '0xa')
       ON CONFLICT (uri) DO UPDATE SET name = EXCLUDED.name, country = EXCLUDED.country`,
    );
    expect(await series.refresh()).toBeGreaterThan(0);
    const found: { label: string; total: number }[] = await store.source.query(
      `SELECT grain, sum(value)::float AS total FROM series s JOIN observation o ON o.series_id = s.id
       WHERE s.frequency = 'MONTHLY' AND s.country = 'NL' GROUP BY 1`,
    );
    expect(found).toEqual([{ grain: 'COUNTRY', total: expect.any(Number) }]);
    expect(await changedByMakingAll()).toBe(0);
  });

  it('lose what a batch held that is no longer known', async () => {
    const before = await total();
    await takeBack(5);
    await store.source.query('DELETE FROM anchor_batch WHERE seq = 5');
    expect(await series.refresh()).toBeGreaterThan(0);
    expect(await total()).toBeLessThan(before);
    expect(await changedByMakingAll()).toBe(0);
  });
});
