import type { DataSource } from 'typeorm';
import type { QueueName } from './queues.js';

const MAX_ERROR_LENGTH = 500;
const KEPT_RESOLVED = '30 days';

/** Notes how the stages go, by the clock of the database: workers on many machines write the same rows. */
export class StageRecord {
  public constructor(private readonly dataSource: Pick<DataSource, 'query'>) {}

  /** A stage began. */
  public async begun(stage: QueueName): Promise<void> {
    await this.dataSource.query(
      `INSERT INTO stage_state (stage, running_since) VALUES ($1, clock_timestamp())
       ON CONFLICT (stage) DO UPDATE SET running_since = EXCLUDED.running_since`,
      [stage],
    );
  }

  /** It did what was due: whatever it failed with before is resolved. */
  public async succeeded(stage: QueueName): Promise<void> {
    await this.dataSource.query(
      `WITH before AS (SELECT failures FROM stage_state WHERE stage = $1),
       resolved AS (
         UPDATE stage_failure SET resolved_at = clock_timestamp()
         WHERE stage = $1 AND resolved_at IS NULL AND (SELECT failures FROM before) > 0
       ), pruned AS (
         DELETE FROM stage_failure WHERE stage = $1 AND (SELECT failures FROM before) > 0
           AND resolved_at < clock_timestamp() - interval '${KEPT_RESOLVED}'
       )
       UPDATE stage_state SET last_succeeded_at = clock_timestamp(), failing_since = NULL, failures = 0,
         last_duration_ms = extract(epoch FROM clock_timestamp() - running_since) * 1000, running_since = NULL
       WHERE stage = $1`,
      [stage],
    );
  }

  /**
   * It failed. The same error again is counted, not listed again.
   *
   * @param isGivenUp whether this was the job's last attempt
   */
  public async failed(stage: QueueName, error: unknown, isGivenUp: boolean): Promise<void> {
    await this.dataSource.query(
      `WITH noted AS (
         INSERT INTO stage_failure (stage, error, first_failed_at, last_failed_at, given_up)
         VALUES ($1, $2, clock_timestamp(), clock_timestamp(), $3)
         ON CONFLICT (stage, md5(error)) WHERE resolved_at IS NULL DO UPDATE SET times = stage_failure.times + 1,
           last_failed_at = EXCLUDED.last_failed_at, given_up = stage_failure.given_up OR EXCLUDED.given_up
       )
       UPDATE stage_state SET failures = failures + 1, failing_since = coalesce(failing_since, clock_timestamp()),
         running_since = NULL WHERE stage = $1`,
      [stage, wordsOf(error), isGivenUp],
    );
  }
}

function wordsOf(error: unknown): string {
  const { code, message } =
    error instanceof Error ? (error as Error & { code?: unknown }) : { message: String(error) };
  const words = typeof code === 'string' && !message.includes(code) ? `${code}: ${message}` : message;
  return words.replaceAll('\u0000', '').slice(0, MAX_ERROR_LENGTH);
}
