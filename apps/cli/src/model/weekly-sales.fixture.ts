import type { Hex } from '@tallyhouse/proofs';

/** Root of the batch. */
export const WEEKLY_SALES_ROOT: Hex = `0x${'ab'.repeat(32)}`;
const WEEKS = 60;

/** Two products at two sites, sold each week for 60 weeks, all anchored in one batch of block 3. */
export const WEEKLY_SALES = `
  WITH numbered AS (
    SELECT n, ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid AS id,
           timestamptz '2024-11-04T12:00:00Z' + (n / 4) * interval '1 week' AS event_time
    FROM generate_series(0, ${WEEKS * 4 - 1}) n
  ), event AS (
    INSERT INTO epcis_event (id, event_time, tz_offset, record_time, partner, event_type, biz_step, biz_location, event_hash, jcs_sha256,
      disclosure_root, disclosure_secret, capture_job, body)
    SELECT id, event_time, '+00:00', now(), '0xa', 'ObjectEvent', 'retail_selling', 'urn:site:' || n % 2,
           sha256(n::text::bytea), sha256('b'), sha256('c'), sha256('d'), id, '{}'
    FROM numbered
  ), item AS (
    INSERT INTO event_item (event_time, event_id, ordinal, role, uri, product, quantity)
    SELECT event_time, id, 0, 'EPC', 'urn:item:' || n, 'urn:product:' || n % 4 / 2, 40 + n * n * 7 % 11
    FROM numbered
  ), batch AS (
    INSERT INTO anchor_batch (partner, submitter, seq, root, count, prev_head, head, schema_id, uri, sealed_at)
    VALUES ('0xa', '0xa', 0, '${WEEKLY_SALES_ROOT}', ${WEEKS * 4}, '0x', '0x', '0x', 'm', now()) RETURNING id
  ), leaf AS (
    INSERT INTO anchor_leaf (batch_id, leaf_index, event_id, leaf, event_time)
    SELECT b.id, n.n, n.id, sha256('l'), n.event_time FROM numbered n, batch b
  ), anchored AS (
    INSERT INTO trace_anchored (chain_id, block_number, block_hash, log_index, tx_hash, block_time, partner, root, seq, count,
      prev_head, head, schema_id, submitter, uri)
    VALUES (31337, 3, '0x', 0, '0x', '2026-01-01Z', '0xa', '${WEEKLY_SALES_ROOT}', 0, ${WEEKS * 4}, '0x', '0x', '0x', '0xa', 'm')
  )
  INSERT INTO chain_checkpoint VALUES (31337, 3, '0x', '2026-01-01Z', '0x', '0x', 3, now())`;
