import { Injectable } from '@nestjs/common';
import { decodeCursor, encodeCursor, InvalidCursorError } from '@tallyhouse/database';
import { addEndpoint, removeEndpoint } from '@tallyhouse/webhooks';
import { DataSource, type EntityManager } from 'typeorm';
import { orInvalidToken } from '../query/page-token.js';
import { isUuid } from '../read/keyset.js';
import { startOfFeed } from './capture-feed.repository.js';
import type { Controls } from './controls.js';
import { nextMoment, parseSchedule, type ScheduleText } from './schedule.js';
import { SubscriptionError } from './subscription.errors.js';

/** Subscriptions that one partner may have. */
export const SUBSCRIPTIONS_A_PARTNER = 100;
/** Webhooks that are told of queries. */
export const SUBSCRIPTION_WEBHOOK = {
  purpose: 'epcis-subscription',
  signatureHeader: 'GS1-Signature',
  keepsHistory: false,
} as const;

/** A subscription that a partner asks for. */
export interface NewSubscription {
  readonly queryName: string;
  /** Lower case. */
  readonly partner: string;
  /** Was looked at with `resolveTarget`. */
  readonly dest: string;
  readonly signatureToken: string | null;
  readonly controls: Controls;
}

/** A subscription and how it stands. */
export interface SubscriptionRow {
  readonly id: string;
  readonly queryName: string;
  readonly partner: string;
  readonly dest: string;
  readonly isSigned: boolean;
  readonly createdAt: Date;
  readonly lastDeliveredAt: Date | null;
  /** Null: of each event. */
  readonly schedule: ScheduleText | null;
  readonly reportIfEmpty: boolean;
  readonly initialRecordTime: Date | null;
  readonly nextAt: Date | null;
  /** Everything recorded before was looked at. */
  readonly lastRunAt: Date | null;
  /** Messages on their way, and messages given up. */
  readonly waiting: number;
  readonly dead: number;
  readonly lastError: string | null;
}

const COLUMNS = `s.id, s.query_name AS "queryName", e.partner, e.url AS dest, e.secret IS NOT NULL AS "isSigned",
  s.created_at AS "createdAt", e.last_delivered_at AS "lastDeliveredAt", s.schedule, s.report_if_empty AS "reportIfEmpty",
  s.initial_record_time AS "initialRecordTime", s.next_at AS "nextAt", s.last_run_at AS "lastRunAt",
  (SELECT count(*)::integer FROM webhook_delivery d WHERE d.endpoint_id = s.id AND d.state = 'WAITING') AS waiting,
  (SELECT count(*)::integer FROM webhook_delivery d WHERE d.endpoint_id = s.id AND d.state = 'DEAD') AS dead,
  coalesce(s.last_error, (SELECT d.last_error FROM webhook_delivery d
    WHERE d.endpoint_id = s.id AND d.state <> 'DELIVERED' ORDER BY d.seq LIMIT 1)) AS "lastError"`;

/** Keeps subscriptions to named queries. */
@Injectable()
export class SubscriptionRepository {
  public constructor(private readonly dataSource: DataSource) {}

  /**
   * Keeps a subscription. It begins with what is captured after this, or with what was recorded since its initial time.
   *
   * @throws SubscriptionError SUBSCRIPTION_COUNT_EXCEEDED
   */
  public async create(asked: NewSubscription, now: Date): Promise<string> {
    return this.dataSource.transaction(async (manager) => {
      await refuseMore(manager, asked.partner);
      const { dest: url, partner, signatureToken, controls } = asked;
      const secret = signatureToken === null ? null : new TextEncoder().encode(signatureToken);
      const id = await addEndpoint(manager, { ...SUBSCRIPTION_WEBHOOK, partner, url, secret }, now);
      const { schedule, reportIfEmpty, initialRecordTime } = controls;
      const nextAt = schedule === null ? null : nextMoment(parseSchedule(schedule), now);
      const { cursor, since } = await startOfFeed(manager, initialRecordTime, now);
      await manager.query(
        `INSERT INTO query_subscription (id, query_name, schedule, report_if_empty, initial_record_time, created_at,
           next_at, cursor_position, cursor_event, since_position)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
        [
          id,
          asked.queryName,
          schedule === null ? null : JSON.stringify(schedule),
          reportIfEmpty,
          initialRecordTime,
          now,
          nextAt,
          cursor.position,
          cursor.eventId,
          since?.position ?? null,
        ],
      );
      return id;
    });
  }

  /** A subscription to a query, or undefined. */
  public async find(queryName: string, id: string): Promise<SubscriptionRow | undefined> {
    if (!isUuid(id)) return undefined;
    const [row]: SubscriptionRow[] = await this.dataSource.query(
      `SELECT ${COLUMNS} FROM query_subscription s JOIN webhook_endpoint e ON e.id = s.id
       WHERE s.id = $1 AND s.query_name = $2`,
      [id, queryName],
    );
    return row;
  }

  /**
   * A page of a partner's subscriptions to a query, oldest first.
   *
   * @throws EventQueryError PAGE_TOKEN_INVALID
   */
  public async list(
    queryName: string,
    partner: string,
    perPage: number,
    token?: string,
  ): Promise<{ subscriptions: readonly SubscriptionRow[]; nextPageToken: string | undefined }> {
    const after = token === undefined ? '0' : seqOf(token);
    const rows: (SubscriptionRow & { readonly seq: string })[] = await this.dataSource.query(
      `SELECT ${COLUMNS}, s.seq FROM query_subscription s JOIN webhook_endpoint e ON e.id = s.id
       WHERE s.query_name = $1 AND e.partner = $2 AND s.seq > $3 ORDER BY s.seq LIMIT $4`,
      [queryName, partner, after, perPage + 1],
    );
    const subscriptions = rows.slice(0, perPage);
    const nextPageToken = rows.length > perPage ? encodeCursor([subscriptions.at(-1)!.seq]) : undefined;
    return { subscriptions, nextPageToken };
  }

  /** Ends a subscription; what waits for its webhook is dropped. */
  public async remove(id: string): Promise<boolean> {
    return removeEndpoint(this.dataSource, id);
  }
}

async function refuseMore(manager: EntityManager, partner: string): Promise<void> {
  await manager.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`query-subscription ${partner}`]);
  const [row] = await manager.query<[{ count: number }]>(
    'SELECT count(*)::integer AS count FROM webhook_endpoint WHERE partner = $1 AND purpose = $2',
    [partner, SUBSCRIPTION_WEBHOOK.purpose],
  );
  if (row.count < SUBSCRIPTIONS_A_PARTNER) return;
  const message = `a partner has at most ${SUBSCRIPTIONS_A_PARTNER} subscriptions; delete one first`;
  throw new SubscriptionError('SUBSCRIPTION_COUNT_EXCEEDED', message);
}

const SEQ = /^\d{1,18}$/;

function seqOf(token: string): string {
  return orInvalidToken(() => {
    const [seq] = decodeCursor(token, 1);
    if (typeof seq !== 'string' || !SEQ.test(seq)) throw new InvalidCursorError();
    return seq;
  });
}
