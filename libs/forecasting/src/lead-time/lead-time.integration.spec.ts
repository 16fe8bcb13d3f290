import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { openStore, type TestStore } from '../../../supply-chain/test/capture-kit.js';
import { LeadTimeReader } from './lead-time.reader.js';
import { LeadTimeService } from './lead-time.service.js';

jest.setTimeout(180_000);

const COUNT = 900;
/** Some weeks after the last delivery. */
const NOW = new Date('2022-08-01T10:00:00Z');
const ROOT = `0x${'a'.repeat(64)}`;

/** Received events of two vendors, promised a day apart; every other one of `slow` comes six days late. */
const FILL = `
  WITH numbered AS (
    SELECT n, ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid AS id, date '2020-01-01' + n AS promised,
           n % 3 = 0 AS slow, n % 6 = 0 AS late
    FROM generate_series(1, ${COUNT}) n
  ), made AS (
    INSERT INTO epcis_event (id, event_time, tz_offset, record_time, partner, event_type, biz_step, event_hash, jcs_sha256,
      disclosure_root, disclosure_secret, capture_job, body)
    SELECT id, (promised + CASE WHEN late THEN 6 ELSE 0 END)::timestamp AT TIME ZONE 'UTC' + interval '12 hours', '+00:00', now(), '0xa',
           'ObjectEvent', 'receiving', sha256(n::text::bytea), sha256('b'), sha256('c'), sha256('d'), id,
           json_build_object('tally:scheduledDeliveryDate', CASE WHEN n = 5 THEN '2020-13-77' ELSE promised::text END,
             'tally:deliveryRecordedDate', 'soon', 'tally:country', 'KE', 'tally:shipmentMode', 'Air',
             'tally:vendor', CASE WHEN slow THEN 'slow' ELSE 'quick' END, 'tally:valueUsd', 'much')
    FROM numbered RETURNING id
  ), batch AS (
    INSERT INTO anchor_batch (partner, submitter, seq, root, count, prev_head, head, schema_id, uri, sealed_at)
    VALUES ('0xa', '0xa', 1, '${ROOT}', ${COUNT}, '0x', '0x', '0x', 'm', now()) RETURNING id
  )
  SELECT 1`;

describe('lead times of anchored events', () => {
  let store: TestStore;
  beforeAll(async () => {
    store = await openStore();
    await store.source.query(FILL);
  });
  afterAll(() => store.close());

  it('are made once for the same deliveries, and tell the slow supplier', async () => {
    await store.source.query(LEAVES);
    const service = new LeadTimeService(store.source);
    expect(await service.refresh(NOW, 9)).toBeNull();
    await store.source.query(ANCHORED);
    expect(await service.refresh(NOW, 9)).toBe(2);
    expect(await service.refresh(NOW, 10)).toBeNull();
    const found = await new LeadTimeReader(store.source).find({ supplier: 'slow' }, 5);
    // One line was promised for a day that no calendar has; it says nothing of lateness.
    expect(found).toMatchObject({ deliveries: COUNT - 1, asOfBlock: '9' });
    expect(found!.lanes).toMatchObject([
      { country: 'KE', mode: 'Air', supplier: 'slow', deliveries: 300, lateShare: 0.5 },
    ]);
    const [quick] = (await new LeadTimeReader(store.source).find({ supplier: 'quick' }, 5))!.lanes;
    expect(found!.lanes[0]!.lateProbability).toBeGreaterThan(4 * quick!.lateProbability);
    expect(found!.lanes[0]!.arrival.at(-1)).toEqual({ level: 0.95, days: 6 });
  });

  it('are not silenced by one outcome that says it was written down in the year 9999', async () => {
    const service = new LeadTimeService(store.source);
    const asOf = async () => (await new LeadTimeReader(store.source).find({}, 5))!.asOf;
    const before = await asOf();
    await recorded(store, 700, '9999-12-31');
    expect(await service.refresh(NOW, 11)).toBe(2);
    expect(await new LeadTimeReader(store.source).find({}, 5)).toMatchObject({
      ...{ deliveries: COUNT - 2, asOf: before, asOfBlock: '11' },
    });
    await recorded(store, 700, '2022-07-20');
    expect(await service.refresh(NOW, 12)).toBe(2);
    expect(await asOf()).toEqual(new Date('2022-07-21T00:00:00Z'));
  });

  it('go when too little is known of them any more, and come back with their deliveries', async () => {
    const service = new LeadTimeService(store.source);
    const early = new Date('2020-03-01T00:00:00Z');
    expect(await service.refresh(early, 13)).toBeNull();
    expect(await new LeadTimeReader(store.source).find({}, 5)).toBeUndefined();
    expect(await service.refresh(NOW, 14)).toBe(2);
    expect(await service.refresh(early, 15)).toBeNull();
    expect(await new LeadTimeReader(store.source).find({}, 5)).toBeUndefined();
  });
});

/** Says of one event when its outcome was written down. */
const recorded = ({ source }: TestStore, number: number, day: string): Promise<unknown> =>
  source.query(
    `UPDATE epcis_event SET body = (body::jsonb || jsonb_build_object('tally:deliveryRecordedDate', $2::text))::json WHERE id = $1`,
    [`00000000-0000-4000-8000-${String(number).padStart(12, '0')}`, day],
  );

const LEAVES = `
  INSERT INTO anchor_leaf (batch_id, leaf_index, event_id, leaf, event_time)
  SELECT b.id, row_number() OVER (ORDER BY e.id) - 1, e.id, e.event_hash, e.event_time FROM epcis_event e CROSS JOIN anchor_batch b`;
const ANCHORED = `
  INSERT INTO trace_anchored (chain_id, block_number, block_hash, log_index, tx_hash, block_time, partner, root, seq, count,
    prev_head, head, schema_id, submitter, uri)
  VALUES (31337, 3, '0x', 0, '0x', now(), '0xa', '${ROOT}', 1, 900, '0x', '0x', '0x', '0xa', 'm')`;
