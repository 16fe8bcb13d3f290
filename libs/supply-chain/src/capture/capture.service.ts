import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { bulkInsert, notify } from '@tallyhouse/database';
import { readDocument, type CaptureError } from '@tallyhouse/epcis';
import { DataSource, type EntityManager } from 'typeorm';
import { eventRecord, newJobId, type EventRecord } from './event-record.js';
import { storeEvents } from './event-store.js';
import { judge } from './judge.js';

export type CaptureErrorBehaviour = 'ROLLBACK' | 'PROCEED';

export interface CaptureOptions {
  /** Address of the partner who sends, any case. */
  readonly partner: string;
  /** EPCIS 2.0 §12.6: one bad event refuses all (`ROLLBACK`), or only itself (`PROCEED`). */
  readonly errorBehaviour: CaptureErrorBehaviour;
}

/** How a capture ended; the errors are kept with the job. */
export interface CaptureOutcome {
  readonly id: string;
  readonly state: 'SUCCEEDED' | 'PARTIAL' | 'FAILED';
  readonly total: number;
  readonly stored: number;
  readonly duplicate: number;
  readonly rejected: number;
}

const ROWS_A_STATEMENT = 500;
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

/** Takes EPCIS documents in: read, validate, hash, store. */
@Injectable()
export class CaptureService {
  public constructor(private readonly dataSource: DataSource) {}

  /**
   * Captures a document: bytes, text or parsed JSON. Never throws for what the sender did wrong: the job says it.
   *
   * @returns the job as it ended; everything of it is stored in one transaction, or nothing but the job and its errors
   */
  public async capture(
    document: Uint8Array | string | object,
    options: CaptureOptions,
  ): Promise<CaptureOutcome> {
    const partner = options.partner.toLowerCase();
    const recordTime = new Date();
    const read = readDocument(document);
    if (!read.ok) return this.refuse(partner, options, recordTime, 0, read.errors);
    const { events, context } = read.document;
    const allOrNone = options.errorBehaviour === 'ROLLBACK';
    const { faulty, errors } = await judge(read.document, recordTime, allOrNone);
    if (faulty.has(null) || (errors.length > 0 && allOrNone)) {
      return this.refuse(partner, options, recordTime, events.length, errors);
    }
    const records = events
      .filter((_, index) => !faulty.has(index))
      .map((event) => eventRecord(event, context, partner, randomBytes(32)));
    return this.store(partner, options, recordTime, records, errors, faulty.size);
  }

  private async store(
    partner: string,
    options: CaptureOptions,
    recordTime: Date,
    records: readonly EventRecord[],
    errors: readonly CaptureError[],
    rejected: number,
  ): Promise<CaptureOutcome> {
    return this.dataSource.transaction(async (manager) => {
      const id = newJobId();
      const stored: string[] = [];
      for (let from = 0; from < records.length; from += ROWS_A_STATEMENT) {
        stored.push(
          ...(await storeEvents(manager, records.slice(from, from + ROWS_A_STATEMENT), id, recordTime)),
        );
      }
      const outcome: CaptureOutcome = {
        id,
        state: rejected === 0 ? 'SUCCEEDED' : records.length > 0 ? 'PARTIAL' : 'FAILED',
        total: records.length + rejected,
        stored: stored.length,
        duplicate: records.length - stored.length,
        rejected,
      };
      await writeJob(manager, partner, options, recordTime, outcome, errors);
      if (stored.length > 0) {
        const eventIds = stored.slice(0, MAX_NOTIFIED_IDS);
        await notify(manager, 'tallyhouse_capture', { jobId: id, count: stored.length, eventIds });
      }
      return outcome;
    });
  }

  private async refuse(
    partner: string,
    options: CaptureOptions,
    recordTime: Date,
    total: number,
    errors: readonly CaptureError[],
  ): Promise<CaptureOutcome> {
    const outcome = {
      id: newJobId(),
      state: 'FAILED' as const,
      total,
      stored: 0,
      duplicate: 0,
      rejected: total,
    };
    await this.dataSource.transaction((manager) =>
      writeJob(manager, partner, options, recordTime, outcome, errors),
    );
    return outcome;
  }
}

async function writeJob(
  manager: EntityManager,
  partner: string,
  options: CaptureOptions,
  recordTime: Date,
  outcome: CaptureOutcome,
  errors: readonly CaptureError[],
): Promise<void> {
  await manager.query(
    `INSERT INTO capture_job
       (id, partner, error_behaviour, state, total, stored, duplicate, rejected, created_at, finished_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, clock_timestamp())`,
    [
      outcome.id,
      partner,
      options.errorBehaviour,
      outcome.state,
      outcome.total,
      outcome.stored,
      outcome.duplicate,
      outcome.rejected,
      recordTime,
    ],
  );
  const rows = errors.map((error, ordinal) => [
    outcome.id,
    ordinal,
    error.eventIndex,
    error.pointer,
    error.rule,
    withoutNul(error.found),
    error.expected,
  ]);
  await bulkInsert(manager, 'capture_error', ERROR_COLUMNS, rows);
}

/** Postgres keeps no NUL in text; the sign for it stands in. */
function withoutNul(text: string): string {
  return text.replaceAll('\u0000', '␀');
}
