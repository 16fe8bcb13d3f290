import { randomUUID } from 'node:crypto';
import { bulkInsert, notify } from '@tallyhouse/database';
import type { CaptureError, JsonValue } from '@tallyhouse/epcis';
import { currentTraceparent } from '@tallyhouse/telemetry';
import type { DataSource, EntityManager } from 'typeorm';
import type { SenderRules } from '../sender/sender-rules.reader.js';
import type { CaptureErrorBehaviour, CaptureOptions, CaptureOutcome } from './capture.types.js';
import { storePrefixes } from './prefixes.repository.js';

type Queries = Pick<EntityManager, 'query'>;

/** What is known of a capture from its start. */
export interface CaptureJob {
  readonly id: string;
  /** Lower case. */
  readonly partner: string;
  readonly errorBehaviour: CaptureErrorBehaviour;
  readonly recordTime: Date;
  /** What the sender's events must be beyond the standard. */
  readonly rules: SenderRules;
}

/** Events of a document by what became of them. */
export type CaptureCounts = Pick<CaptureOutcome, 'total' | 'stored' | 'duplicate' | 'rejected'>;

const MAX_NOTIFIED_IDS = 50;
const ERROR_COLUMNS = {
  job_id: 'uuid',
  ordinal: 'int',
  event_index: 'int',
  pointer: 'text',
  rule: 'text',
  found: 'text',
  expected: 'text',
};
/** First key of the advisory locks that say that somebody works on a job. */
const RUNNING_LOCK = 0x7a12;

export function newJob(options: CaptureOptions, recordTime: Date, rules: SenderRules): CaptureJob {
  const { partner, errorBehaviour } = options;
  return { id: randomUUID(), partner: partner.toLowerCase(), errorBehaviour, recordTime, rules };
}

/** Marks the job as being worked on for as long as this connection lives, before anybody can see it. */
export async function claimJob(connection: Queries, job: CaptureJob): Promise<void> {
  await connection.query('SELECT pg_advisory_lock($1, hashtext($2))', [RUNNING_LOCK, job.id]);
}

export async function releaseJob(connection: Queries, job: CaptureJob): Promise<void> {
  await connection.query('SELECT pg_advisory_unlock($1, hashtext($2))', [RUNNING_LOCK, job.id]);
}

/** Shows how far a running job is. What it has stored is seen by others only when it has ended. */
export async function writeProgress(queries: Queries, job: CaptureJob, counts: CaptureCounts): Promise<void> {
  await writeRow(queries, job, 'RUNNING', counts);
}

/** What a job stored beside its counts. */
export interface StoredPart {
  readonly storedIds?: readonly string[];
  /** `@context` of the document, as it was sent. */
  readonly context?: JsonValue | undefined;
  /** The document as it was received, where it came as bytes. */
  readonly document?: { readonly id: string; readonly mediaType: string } | undefined;
}

/** Writes how a job ended, the errors with it, and tells those who listen what was stored. */
export async function endJob(
  queries: Queries,
  job: CaptureJob,
  outcome: CaptureOutcome,
  errors: readonly CaptureError[],
  { storedIds = [], context, document }: StoredPart = {},
): Promise<void> {
  await writeRow(queries, job, outcome.state, outcome);
  if (context !== undefined) {
    await queries.query('UPDATE capture_job SET context = $2 WHERE id = $1', [
      job.id,
      JSON.stringify(context),
    ]);
    await storePrefixes(queries, job.id, context);
  }
  if (document) {
    await queries.query('UPDATE capture_job SET document_id = $2, document_type = $3 WHERE id = $1', [
      job.id,
      document.id,
      document.mediaType,
    ]);
  }
  const rows = errors.map((error, ordinal) => [
    job.id,
    ordinal,
    error.eventIndex,
    withoutNul(error.pointer),
    error.rule,
    withoutNul(error.found),
    withoutNul(error.expected),
  ]);
  await bulkInsert(queries, 'capture_error', ERROR_COLUMNS, rows);
  const judgedBy = job.rules.profileIds.map((profileId) => [job.id, profileId]);
  await bulkInsert(queries, 'capture_job_profile', { job_id: 'uuid', profile_id: 'bigint' }, judgedBy);
  if (outcome.stored === 0) return;
  const eventIds = storedIds.slice(0, MAX_NOTIFIED_IDS);
  await notify(queries, 'tallyhouse_capture', { jobId: job.id, count: outcome.stored, eventIds });
}

/**
 * Ends jobs whose worker died: their transaction was rolled back, so nothing of them is stored.
 *
 * @returns how many
 */
export async function failAbandonedJobs(dataSource: DataSource): Promise<number> {
  const [row]: { dead: number }[] = await dataSource.query('SELECT fail_abandoned_captures($1) AS dead', [
    RUNNING_LOCK,
  ]);
  return row?.dead ?? 0;
}

async function writeRow(
  queries: Queries,
  job: CaptureJob,
  state: CaptureOutcome['state'] | 'RUNNING',
  counts: CaptureCounts,
): Promise<void> {
  await queries.query(
    `INSERT INTO capture_job
       (id, partner, error_behaviour, state, total, stored, duplicate, rejected, created_at, traceparent, finished_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, CASE $4 WHEN 'RUNNING' THEN NULL ELSE clock_timestamp() END)
     ON CONFLICT (id) DO UPDATE SET state = excluded.state, total = excluded.total, stored = excluded.stored,
       duplicate = excluded.duplicate, rejected = excluded.rejected, finished_at = excluded.finished_at`,
    [
      job.id,
      job.partner,
      job.errorBehaviour,
      state,
      counts.total,
      counts.stored,
      counts.duplicate,
      counts.rejected,
      job.recordTime,
      currentTraceparent(),
    ],
  );
}

/** Postgres keeps no NUL in text; the sign for it stands in. */
function withoutNul(text: string): string {
  return text.replaceAll('\u0000', '␀');
}
