import { createHash, randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { FIRST_VERSION, hash, PARTNER } from '../kit/chain-rows.js';
import { FACTORY, PALLET, piece } from '../kit/epcis-documents.js';
import { SERIES_ID } from '../kit/forecast-rows.js';
import type { SecretIds } from './decisions.js';

const TEXT = 'Zzjuniper crisps were warm on arrival';
const PALLET_UNIT = hash(0xc0de);

/** A row of the partner in every table that holds partners' data and that a capture does not fill. */
export async function addSecrets(dataSource: DataSource, jobId: string): Promise<SecretIds> {
  const [event, otherEvent] = await Promise.all([1, 3].map((serial) => eventOf(dataSource, serial)));
  const finding = await addFinding(dataSource, event!);
  const recall = await addRecall(dataSource);
  const text = await addText(dataSource);
  await addBooks(dataSource, jobId, event!);
  return { event: event!, otherEvent: otherEvent!, job: jobId, text, finding, recall };
}

async function eventOf(dataSource: DataSource, serial: number): Promise<string> {
  const [row]: { id: string }[] = await dataSource.query(
    `SELECT e.id FROM epcis_event e JOIN event_item i ON i.event_id = e.id
     WHERE i.uri = $1 AND e.event_type = 'ObjectEvent'`,
    [piece(serial)],
  );
  return row!.id;
}

async function addFinding(dataSource: DataSource, event: string): Promise<string> {
  const id = randomUUID();
  await dataSource.query(
    `INSERT INTO finding (id, rule, subject, violation_key, happened_at) VALUES ($1, 'R3', $2, 'k', '2026-01-05Z')`,
    [id, piece(1)],
  );
  await dataSource.query(
    `INSERT INTO finding_change (finding_id, kind, as_of_block, changed_at, state, severity, evidence, explanation, rule_set)
     VALUES ($1, 'RAISED', 1, now(), 'OPEN', 'HIGH', ARRAY[$2::uuid], 'Zzjuniper was commissioned twice', $3)`,
    [id, event, hash(0x5e)],
  );
  await dataSource.query(
    `INSERT INTO finding_member (rule, subject, cause, violation_key, many, happened_at, evidence, explanation)
     VALUES ('R3', $1, $1, 'k', 'many', '2026-01-05Z', ARRAY[$2::uuid], 'Zzjuniper')`,
    [piece(1), event],
  );
  return id;
}

async function addRecall(dataSource: DataSource): Promise<string> {
  const id = hash(0x4e);
  await dataSource.query(
    `INSERT INTO recall (id, partner, criteria, criteria_hash, affected_root, affected_count, drill, created_at, listed_at)
     VALUES ($1, $2, '{"items": ["zzjuniper"]}', $3, $3, 1, true, now(), now())`,
    [id, PARTNER, hash(0x4f)],
  );
  await dataSource.query(
    `INSERT INTO recall_item (recall_id, ordinal, uri, state, certainty, depth, holder)
     VALUES ($1, 0, $2, 'ON_HAND', 'CERTAIN', 0, $3)`,
    [id, piece(1), PARTNER],
  );
  const [endpoint, delivery] = [randomUUID(), randomUUID()];
  await dataSource.query(
    `INSERT INTO webhook_endpoint (id, purpose, partner, url, secret, signature_header, keeps_history, created_at)
     VALUES ($1, 'recall', $2, 'https://zzjuniper.example', '\\x00', 'x', true, now())`,
    [endpoint, PARTNER],
  );
  await dataSource.query(
    `INSERT INTO webhook_delivery (id, endpoint_id, content_type, body, created_at, due_at)
     VALUES ($1, $2, 'text/plain', 'zzjuniper', now(), now())`,
    [delivery, endpoint],
  );
  await dataSource.query(
    'INSERT INTO recall_message (recall_id, partner, created_at, delivery_id) VALUES ($1, $2, now(), $3)',
    [...[id, PARTNER, delivery]],
  );
  await dataSource.query(
    'INSERT INTO recall_drill_answer (recall_id, partner, recovered, answered_at) VALUES ($1, $2, 1, now())',
    [id, PARTNER],
  );
  await dataSource.query(
    `INSERT INTO named_query (name, partner, query, created_at) VALUES ('zzjuniper', $1, '{"EQ_bizStep":["commissioning"]}', now())`,
    [PARTNER],
  );
  await dataSource.query(
    `INSERT INTO query_subscription (id, query_name, report_if_empty, created_at, cursor_position, cursor_event)
     VALUES ($1, 'zzjuniper', false, now(), 0, $1)`,
    [endpoint],
  );
  return id;
}

async function addText(dataSource: DataSource): Promise<string> {
  const id = randomUUID();
  const sha256 = createHash('sha256').update(TEXT).digest();
  await dataSource.query(
    `INSERT INTO text (id, partner, kind, source, reference, title, body, language, search_config, written_at, record_time,
       text_sha256, record_sha256, masked, analysed_at)
     VALUES ($1, $2, 'RECALL', 'API', 'r1', 'Zzjuniper', $3, 'en', 'english', '2026-01-10Z', now(), $4, $4, '[]', now())`,
    [id, PARTNER, TEXT, sha256],
  );
  const run = (sql: string, values: unknown[] = [id]): Promise<unknown> => dataSource.query(sql, values);
  await run(
    `INSERT INTO text_entity (text_id, ordinal, type, field, start_at, end_at, surface, value, confidence)
     VALUES ($1, 0, 'PRODUCT', 'BODY', 0, 9, 'Zzjuniper', 'zzjuniper', 0.9)`,
  );
  await run(
    `INSERT INTO text_link (text_id, role, uri, origin, confidence) VALUES ($1, 'ITEM', $2, 'GIVEN', 1)`,
    [...[id, piece(1)]],
  );
  await run('INSERT INTO text_anchor_queue (seq, partner, text_id, queued_at) VALUES (1, $2, $1, now())', [
    id,
    PARTNER,
  ]);
  await run(
    `INSERT INTO text_leaf (batch_id, leaf_index, text_id, leaf) SELECT min(id), 0, $1, $2 FROM anchor_batch`,
    [id, sha256],
  );
  await run(
    `INSERT INTO text_label (text_sha256, version_id, artifact_sha256, answer, labels, probabilities, familiarity, labelled_at)
     VALUES ($1, $2, $2, 'LABELLED', '{zzjuniper}', '[]', 1, now())`,
    [sha256, FIRST_VERSION],
  );
  await run(
    `INSERT INTO text_label_correction (text_sha256, labels, corrected_by, reason, corrected_at)
     VALUES ($1, '{zzjuniper}', $2, 'zzjuniper', now())`,
    [sha256, PARTNER],
  );
  await run(`INSERT INTO text_lexeme (lexeme, texts) VALUES ('zzjuniper', 1)`, []);
  await run(`INSERT INTO text_topic_run (encoder, seed, texts, made_at) VALUES ('e', 1, 1, now())`, []);
  await run(
    `INSERT INTO text_topic (run_id, number, name, terms, centroid) SELECT max(id), 1, 'zzjuniper', '{zzjuniper}', '\\x00' FROM text_topic_run`,
    [],
  );
  await run(
    'INSERT INTO text_topic_member (run_id, text_id, number, similarity) SELECT max(id), $1, 1, 1 FROM text_topic_run',
  );
  return id;
}

async function addBooks(dataSource: DataSource, jobId: string, event: string): Promise<void> {
  const run = (sql: string, values: unknown[] = []): Promise<unknown> => dataSource.query(sql, values);
  await run(
    `INSERT INTO anomaly (series_id, period_start, value, p_value, q_value, detector, explanation, window_start, window_end,
       model_version, from_block)
     VALUES ($1, '2026-01-12Z', 9, 0.0001, 0.0001, 'd', 'Zzjuniper fell', '2026-01-05Z', '2026-01-12Z', $2, 1)`,
    [SERIES_ID, FIRST_VERSION],
  );
  await run(
    `INSERT INTO anomaly_label (series_id, period_start, actor, verdict, labelled_at) VALUES ($1, '2026-01-12Z', $2, 'REAL', now())`,
    [SERIES_ID, PARTNER],
  );
  await run(
    `INSERT INTO reading_stream VALUES ('zzjuniper', $1, 'urn:zzjuniper', true, 'Temperature', '', '', 'CEL', 1000, 0, now())`,
    [PARTNER],
  );
  await run(
    `INSERT INTO anomaly (stream_id, event_id, period_start, value, expected, novelty, detector, explanation, window_start,
       window_end, model_version, from_block)
     VALUES ('zzjuniper', $1, '2026-01-11Z', 9, 4, 3, 'novelty', 'Zzjuniper was warm', '2026-01-11Z', '2026-01-11Z', $2, 1)`,
    [event, FIRST_VERSION],
  );
  await run(`INSERT INTO event_stream VALUES ('zzjuniper', $1, 'zzjuniper', 1000)`, [PARTNER]);
  await run(
    `INSERT INTO anomaly (event_stream_id, event_id, period_start, value, expected, p_value, q_value, detector, explanation,
       window_start, window_end, model_version, from_block)
     VALUES ('zzjuniper', $1, '2026-01-10Z', 4000, 40, 0.0001, 0.01, 'isolation-forest', 'Zzjuniper sent more', '2026-01-10Z',
       '2026-01-10Z', $2, 1)`,
    [event, FIRST_VERSION],
  );
  await run(
    'INSERT INTO anomaly_level (level, labels_real, labels_not_real, set_at) VALUES (0.05, 1, 0, now())',
  );
  await run(
    `INSERT INTO site (uri, name, country, kind, partner) VALUES ($1, 'Zzjuniper factory', 'DE', 'factory', $2)`,
    [...[FACTORY, PARTNER]],
  );
  await run(
    `INSERT INTO product_class (uri, name, product_group, partner)
     VALUES ('https://id.gs1.org/01/09521141012345', 'Zzjuniper crisps', 'food', $1)`,
    [PARTNER],
  );
  await run(
    `INSERT INTO master_data (partner, vocabulary, uri, version, id, attributes, children, capture_job, recorded_at)
     VALUES ($1, 'urn:epcglobal:epcis:vtype:BusinessLocation', $2, 1, $2, '[]', '{}', $3, now())`,
    [PARTNER, FACTORY, jobId],
  );
  await run(
    `INSERT INTO partner_profile (partner, name, version, biz_steps, schema, set_by, created_at)
     VALUES ($1, 'zzjuniper', 1, '{}', '{}', 'PARTNER', now())`,
    [PARTNER],
  );
  await run('INSERT INTO capture_job_profile SELECT $1, max(id) FROM partner_profile', [jobId]);
  await run(`INSERT INTO partner_prefix (partner, prefix, created_at) VALUES ($1, '9521141', now())`, [
    PARTNER,
  ]);
  await run(
    `INSERT INTO capture_prefix (capture_job, prefix, namespace) VALUES ($1, 'zz', 'https://zzjuniper.example/')`,
    [jobId],
  );
  await run(`INSERT INTO capture_document (id, partner, sha256, bytes) VALUES ($1, $2, $3, 9)`, [
    ...[jobId, PARTNER, createHash('sha256').update('d').digest()],
  ]);
  await run(
    `INSERT INTO capture_document_piece (document_id, ordinal, packed, partner) VALUES ($1, 0, 'zzjuniper', $2)`,
    [...[jobId, PARTNER]],
  );
  await run(
    `INSERT INTO event_correction (declaration_id, partner, event_hash, reason, declaration_time, corrective_event_ids, corrective_hashes)
     SELECT gen_random_uuid(), partner, event_hash, 'zzjuniper', now(), '{}', '{}' FROM epcis_event WHERE id = $1`,
    [event],
  );
  await run(
    `INSERT INTO event_biz_tx (event_time, event_id, ordinal, type, uri) SELECT event_time, id, 0, 'po', 'urn:zzjuniper' FROM epcis_event WHERE id = $1`,
    [event],
  );
  await run(
    `INSERT INTO event_source_dest (event_time, event_id, ordinal, role, type, uri)
     SELECT event_time, id, 0, 'SOURCE', 'location', 'urn:zzjuniper' FROM epcis_event WHERE id = $1`,
    [event],
  );
  await run('INSERT INTO logistic_unit (unit, uri) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
    PALLET_UNIT,
    PALLET,
  ]);
  await run(`INSERT INTO partner_sharing (partner, sharing, set_at) VALUES ($1, 'PRIVATE', now())`, [
    PARTNER,
  ]);
}
