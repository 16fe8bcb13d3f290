import { Injectable } from '@nestjs/common';
import { anonymous, asViewer, type Scope } from '@tallyhouse/database';
import { addDelivery } from '@tallyhouse/webhooks';
import { DataSource, type EntityManager } from 'typeorm';
import { parseEventQuery, type RawParameters } from '../query/parse-query.js';
import { queryDocument } from '../query/query-document.js';
import { EventQueryError } from '../query/query.errors.js';
import type { QueriedEvent } from '../query/event-query.reader.js';
import { LAST_EVENT, numberCaptures, type FeedCursor } from './capture-feed.repository.js';
import { readFeed, type FeedPage } from './capture-feed.reader.js';
import { nextMoment, parseSchedule, type ScheduleText } from './schedule.js';

/** Messages that are made before a webhook takes them; until then the place in the feed is all that is kept. */
const MAX_WAITING = 10;
/** A webhook with so many messages given up is told nothing new until they are sent again or it is removed. */
const MAX_DEAD = 100;
const RETRY_MS = 60_000;

interface DueSubscription {
  readonly id: string;
  /** Whose webhook it is. */
  readonly partner: string;
  /** Whether governance has not removed the partner. */
  readonly isPartner: boolean;
  readonly queryName: string;
  readonly query: RawParameters;
  readonly schedule: ScheduleText | null;
  readonly reportIfEmpty: boolean;
  readonly initialRecordTime: Date | null;
  readonly sincePosition: string | null;
  readonly position: string;
  readonly eventId: string;
  /** Last capture of the run that is under way; null for none. */
  readonly runUntil: string | null;
  readonly runFound: boolean;
}

/** Makes messages for webhooks of what was captured. */
@Injectable()
export class SubscriptionRound {
  public constructor(private readonly dataSource: DataSource) {}

  /**
   * Makes the messages that are due, each in one transaction with the place up to which it reports: what a process that is
   * killed had not committed, the next one makes. Any number may run at once.
   *
   * @returns how many
   */
  public async run(now: Date): Promise<number> {
    const head = await numberCaptures(this.dataSource);
    const due: { id: string }[] = await this.dataSource.query(
      `SELECT s.id FROM query_subscription s WHERE ${IS_DUE} ORDER BY s.last_run_at NULLS FIRST, s.seq`,
      [now, head],
    );
    let made = 0;
    for (const { id } of due) while (await this.advance(id, head, now)) made += 1;
    return made;
  }

  /** @returns whether a message was made; there may be another */
  private async advance(id: string, head: string, now: Date): Promise<boolean> {
    return this.dataSource.transaction(async (manager) => {
      const [subscription]: DueSubscription[] = await manager.query(DUE, [now, head, id]);
      if (!subscription) return false;
      const until = subscription.schedule === null ? head : (subscription.runUntil ?? head);
      try {
        const page = await this.nextPage(subscription, until);
        return await this.report(manager, { subscription, until, page, now });
      } catch (error) {
        if (!(error instanceof EventQueryError)) throw error;
        await manager.query('UPDATE query_subscription SET last_error = $2, retry_at = $3 WHERE id = $1', [
          id,
          error.message,
          new Date(now.getTime() + RETRY_MS),
        ]);
        return false;
      }
    });
  }

  /** Looks on until something is found or nothing is left. */
  private async nextPage(subscription: DueSubscription, until: string): Promise<FeedPage> {
    const { query: raw, initialRecordTime: time, sincePosition } = subscription;
    const query = parseEventQuery(raw);
    const since = time && sincePosition !== null ? { time, position: sincePosition } : null;
    const scope = scopeOf(subscription);
    let after: FeedCursor = { position: subscription.position, eventId: subscription.eventId };
    for (;;) {
      const page = await asViewer(scope, () => readFeed(this.dataSource, { query, after, until, since }));
      if (page.events.length > 0 || page.isEnd) return page;
      after = page.cursor;
    }
  }

  private async report(
    manager: EntityManager,
    {
      subscription,
      until,
      page,
      now,
    }: { subscription: DueSubscription; until: string; page: FeedPage; now: Date },
  ): Promise<boolean> {
    const { schedule, reportIfEmpty, runFound } = subscription;
    const found = page.events.length > 0;
    const isEmptyRun = page.isEnd && schedule !== null && reportIfEmpty && !found && !runFound;
    if (found || isEmptyRun) await addDelivery(manager, messageOf(subscription, page.events, now), now);
    const isRunning = schedule !== null && !page.isEnd;
    const nextAt = schedule === null ? null : nextMoment(parseSchedule(schedule), now);
    await manager.query(
      `UPDATE query_subscription SET cursor_position = $2, cursor_event = $3, run_until = $4, run_found = $5,
         next_at = CASE WHEN $6 THEN next_at ELSE $7::timestamptz END, last_run_at = $8, last_error = NULL, retry_at = NULL
       WHERE id = $1`,
      [
        subscription.id,
        page.cursor.position,
        page.cursor.eventId,
        isRunning ? until : null,
        isRunning && (runFound || found),
        isRunning,
        nextAt ?? null,
        now,
      ],
    );
    return found || isEmptyRun;
  }
}

/** What a webhook is told is what its partner may read. */
function scopeOf({ partner, isPartner, queryName }: DueSubscription): Omit<Scope, 'role'> {
  const viewer = { partners: [partner], addresses: [partner], hasGrants: true };
  return {
    viewer: () => Promise.resolve(isPartner ? viewer : anonymous),
    operation: () => `subscription to ${queryName}`,
  };
}

function messageOf(
  { id, queryName }: DueSubscription,
  events: readonly QueriedEvent[],
  now: Date,
): { endpointId: string; contentType: string; body: Uint8Array } {
  const document = queryDocument(events, now, { queryName, subscriptionID: id });
  const body = new TextEncoder().encode(JSON.stringify(document));
  return { endpointId: id, contentType: 'application/json', body };
}

/** `$1` now, `$2` the newest capture. */
const IS_DUE = `(s.retry_at IS NULL OR s.retry_at <= $1)
  AND CASE WHEN s.schedule IS NULL
    THEN s.cursor_position < $2::bigint OR (s.cursor_position = $2::bigint AND s.cursor_event <> '${LAST_EVENT}')
    ELSE s.run_until IS NOT NULL OR s.next_at <= $1 END
  AND (SELECT count(*) FROM webhook_delivery d WHERE d.endpoint_id = s.id AND d.state = 'WAITING') < ${MAX_WAITING}
  AND (SELECT count(*) FROM webhook_delivery d WHERE d.endpoint_id = s.id AND d.state = 'DEAD') < ${MAX_DEAD}`;

const DUE = `
  SELECT s.id, e.partner, NOT EXISTS (SELECT FROM partner_removed r WHERE r.partner = e.partner)
      OR EXISTS (SELECT FROM partner_current c WHERE c.partner = e.partner) AS "isPartner", s.query_name AS "queryName", q.query, s.schedule, s.report_if_empty AS "reportIfEmpty",
    s.initial_record_time AS "initialRecordTime", s.since_position::text AS "sincePosition",
    s.cursor_position::text AS position, s.cursor_event AS "eventId", s.run_until::text AS "runUntil",
    s.run_found AS "runFound"
  FROM query_subscription s JOIN named_query q ON q.name = s.query_name JOIN webhook_endpoint e ON e.id = s.id
  WHERE s.id = $3 AND ${IS_DUE} FOR UPDATE OF s SKIP LOCKED`;
