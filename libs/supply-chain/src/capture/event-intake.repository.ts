import { randomBytes } from 'node:crypto';
import { setImmediate as yieldToOthers } from 'node:timers/promises';
import type { EpcisEvent, JsonLdContext } from '@tallyhouse/epcis';
import type { EntityManager } from 'typeorm';
import type { CaptureJob } from './capture-job.repository.js';
import { eventRecord, type EventRecord } from './event-record.js';
import { storeEvents } from './event-store.js';

/** Events hashed between two turns of the event loop: some 5 ms. */
const EVENTS_A_TURN = 25;
const EVENTS_A_STATEMENT = 500;
const MAX_KEPT_IDS = 50;
const SECRET_BYTES = 32;

/** Takes valid events into one transaction; while the database stores some, the next ones are hashed. */
export class EventIntake {
  /** Events whose storing was begun. */
  public taken = 0;
  /** Those of them that were new. */
  public stored = 0;
  /** Ids of the first new ones. */
  public readonly firstIds: string[] = [];
  private storing: Promise<void> = Promise.resolve();

  public constructor(
    private readonly manager: EntityManager,
    private readonly job: CaptureJob,
  ) {}

  /** Returns when the events are hashed and those before them stored. When it throws, no statement is under way. */
  public async take(events: readonly EpcisEvent[], context: JsonLdContext): Promise<void> {
    for (let from = 0; from < events.length; from += EVENTS_A_STATEMENT) {
      const records = await this.recordsOf(events.slice(from, from + EVENTS_A_STATEMENT), context);
      await this.inTurn(() => this.store(records));
    }
  }

  /** Runs another statement of the transaction when those before it are done; returns when it has begun. */
  public async inTurn(statement: () => Promise<void>): Promise<void> {
    await this.storing;
    this.storing = statement();
    this.storing.catch(() => undefined);
  }

  /** Waits until all is stored. */
  public async end(): Promise<void> {
    await this.storing;
  }

  /** Waits until no statement is under way, whatever became of it. */
  public async settle(): Promise<void> {
    await this.storing.catch(() => undefined);
  }

  private async recordsOf(events: readonly EpcisEvent[], context: JsonLdContext): Promise<EventRecord[]> {
    const records: EventRecord[] = [];
    const secrets = randomBytes(SECRET_BYTES * events.length);
    for (const event of events) {
      if (records.length % EVENTS_A_TURN === 0) await yieldToOthers();
      const from = SECRET_BYTES * records.length;
      const secret = secrets.subarray(from, from + SECRET_BYTES);
      records.push(eventRecord(event, context, this.job.partner, secret));
    }
    return records;
  }

  private async store(records: readonly EventRecord[]): Promise<void> {
    const ids = await storeEvents(this.manager, records, this.job.id, this.job.recordTime);
    this.taken += records.length;
    this.stored += ids.length;
    this.firstIds.push(...ids.slice(0, MAX_KEPT_IDS - this.firstIds.length));
  }
}
