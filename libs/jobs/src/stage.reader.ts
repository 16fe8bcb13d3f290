import { Injectable } from '@nestjs/common';
import { decodeCursor, keptBy, pageOf, type KeptQueries, type Page } from '@tallyhouse/database';
import { DataSource } from 'typeorm';
import { QUEUES, type QueueName } from './queues.js';

/** How a stage goes. */
export interface StageRow {
  readonly stage: QueueName;
  /** Null while it waits for its next turn. A worker that was killed leaves it until another begins. */
  readonly runningSince: Date | null;
  readonly lastSucceededAt: Date | null;
  readonly lastDurationMs: number | null;
  /** Null when it succeeded last, or never ran. */
  readonly failingSince: Date | null;
  /** In a row. */
  readonly failures: number;
}

/** An error that a stage ended with. */
export interface StageFailureRow {
  readonly id: string;
  readonly stage: QueueName;
  readonly error: string;
  readonly firstFailedAt: Date;
  readonly lastFailedAt: Date;
  readonly times: number;
  /** Whether a job used up its attempts with it. */
  readonly givenUp: boolean;
  /** When the stage succeeded again. */
  readonly resolvedAt: Date | null;
}

/** Reads how the stages go. */
@Injectable()
export class StageReader {
  private readonly kept: KeptQueries;

  public constructor(private readonly dataSource: DataSource) {
    this.kept = keptBy(dataSource);
  }

  /** Every stage in the order of the loop, those that never ran too. */
  public stages(): Promise<StageRow[]> {
    return this.dataSource.query(
      `SELECT name AS stage, running_since AS "runningSince", last_succeeded_at AS "lastSucceededAt",
         last_duration_ms AS "lastDurationMs", failing_since AS "failingSince", coalesce(failures, 0) AS failures
       FROM unnest($1::text[]) WITH ORDINALITY AS known (name, place) LEFT JOIN stage_state ON stage = name
       ORDER BY place`,
      [[...QUEUES]],
    );
  }

  /**
   * What stages failed with, newest first; for operators alone, since an error may name what a partner sent.
   *
   * @param stage null for all
   */
  public async failures(
    stage: QueueName | null,
    { first, after }: { readonly first: number; readonly after: string | null },
  ): Promise<Page<StageFailureRow>> {
    const before = after === null ? null : decodeCursor(after, 1)[0];
    const rows = await this.kept.query<StageFailureRow[]>(
      `SELECT seq AS id, stage, error, first_failed_at AS "firstFailedAt", last_failed_at AS "lastFailedAt", times,
         given_up AS "givenUp", resolved_at AS "resolvedAt"
       FROM stage_failure WHERE ($1::text IS NULL OR stage = $1) AND ($2::bigint IS NULL OR seq < $2)
       ORDER BY seq DESC LIMIT $3`,
      [stage, before, first + 1],
    );
    return pageOf(rows, first, ({ id }) => [id]);
  }
}
