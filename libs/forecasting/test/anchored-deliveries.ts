/** A database that takes statements. */
interface Queryable {
  query(sql: string): Promise<unknown>;
}

export const DELIVERIES = 900;
const ROOT = `0x${'a'.repeat(64)}`;

/** Received events of two vendors, promised a day apart; every other one of `slow` comes six days late. */
const FILL = `
  WITH numbered AS (
    SELECT n, ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid AS id, date '2020-01-01' + n AS promised,
           n % 3 = 0 AS slow, n % 6 = 0 AS late
    FROM generate_series(1, ${DELIVERIES}) n
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
    VALUES ('0xa', '0xa', 1, '${ROOT}', ${DELIVERIES}, '0x', '0x', '0x', 'm', now()) RETURNING id
  )
  SELECT 1`;
const LEAVES = `
  INSERT INTO anchor_leaf (batch_id, leaf_index, event_id, leaf, event_time)
  SELECT b.id, row_number() OVER (ORDER BY e.id) - 1, e.id, e.event_hash, e.event_time FROM epcis_event e CROSS JOIN anchor_batch b`;
const ANCHORED = `
  INSERT INTO trace_anchored (chain_id, block_number, block_hash, log_index, tx_hash, block_time, partner, root, seq, count,
    prev_head, head, schema_id, submitter, uri)
  VALUES (31337, 3, '0x', 0, '0x', now(), '0xa', '${ROOT}', 1, ${DELIVERIES}, '0x', '0x', '0x', '0xa', 'm')`;

/** Captured and sealed, and not yet on chain. */
export async function sealDeliveries(source: Queryable): Promise<void> {
  await source.query(FILL);
  await source.query(LEAVES);
}

/** The batch is on chain. */
export const anchorDeliveries = (source: Queryable): Promise<unknown> => source.query(ANCHORED);
