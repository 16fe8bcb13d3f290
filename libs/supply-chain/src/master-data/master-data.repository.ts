import type { MasterDataElement } from '@tallyhouse/epcis';
import type { EntityManager } from 'typeorm';
import type { CaptureJob } from '../capture/capture-job.repository.js';

/**
 * Keeps what a partner states, in the transaction of its capture. A statement takes the place of what the partner said of
 * that element before, as a whole; saying the same again changes nothing.
 */
export async function storeMasterData(
  manager: Pick<EntityManager, 'query'>,
  { id: jobId, partner, recordTime }: CaptureJob,
  elements: readonly MasterDataElement[],
): Promise<void> {
  if (elements.length === 0) return;
  // Two captures at once would both count from the same version.
  await manager.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`master-data ${partner}`]);
  await manager.query(STORE, [partner, JSON.stringify(elements), jobId, recordTime]);
  await manager.query('UPDATE capture_job SET master_data_elements = $2 WHERE id = $1', [
    jobId,
    elements.length,
  ]);
}

const STORE = `
  WITH stated AS (
    SELECT s.vocabulary, s.uri, s.id, s.attributes, ARRAY(SELECT jsonb_array_elements_text(s.children)) AS children
    FROM jsonb_to_recordset($2::jsonb) AS s(vocabulary text, uri text, id text, attributes jsonb, children jsonb)
  ), changed AS (
    SELECT s.*, coalesce(k.version, 0) + 1 AS version
    FROM stated s LEFT JOIN master_data k ON k.partner = $1 AND k.vocabulary = s.vocabulary AND k.uri = s.uri
      AND k.superseded_at IS NULL
    WHERE k.version IS NULL OR k.attributes <> s.attributes OR k.children <> s.children
  ), superseded AS (
    UPDATE master_data k SET superseded_at = $4
    FROM changed c
    WHERE k.partner = $1 AND k.vocabulary = c.vocabulary AND k.uri = c.uri AND k.superseded_at IS NULL
  )
  INSERT INTO master_data (partner, vocabulary, uri, version, id, attributes, children, capture_job, recorded_at)
  SELECT $1, vocabulary, uri, version, id, attributes, children, $3, $4 FROM changed`;
