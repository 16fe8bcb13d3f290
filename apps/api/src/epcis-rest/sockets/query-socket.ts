import type { Logger } from '@tallyhouse/config';
import { asViewer, type Scope } from '@tallyhouse/database';
import {
  EventQueryError,
  nextMoment,
  numberCaptures,
  parseSchedule,
  queryDocument,
  readFeed,
  type Controls,
  type EventQuery,
  type FeedCursor,
  type FeedStart,
} from '@tallyhouse/supply-chain';
import type { DataSource } from 'typeorm';
import type { WebSocket } from 'ws';
import { problemOf } from '../problem-of.js';

/** What a client subscribed to, and where in the feed it begins. */
export interface SocketQuery {
  readonly queryName: string;
  readonly query: EventQuery;
  readonly controls: Controls;
  readonly cursor: FeedCursor;
  readonly since: FeedStart | null;
  /** In whose name the feed is read. */
  readonly scope: Omit<Scope, 'role'>;
}

/** How patient the server is with a client; times in milliseconds. */
export interface SocketSettings {
  /** A message that has not left by then ends the connection. */
  readonly sendTimeoutMs: number;
  /** Between two questions whether the client still lives. */
  readonly pingMs: number;
  /** Between two looks at the feed when nobody tells of a capture. */
  readonly lookMs: number;
}

export const defaultSocketSettings: SocketSettings = {
  sendTimeoutMs: 15_000,
  pingMs: 30_000,
  lookMs: 10_000,
};

/** RFC 6455 §7.4.1 and the registry: policy violation for what a client sends, try again later for one that is too slow. */
const POLICY_VIOLATION = 1008;
const SERVER_ERROR = 1011;
const TRY_AGAIN_LATER = 1013;
const CLOSE_GRACE_MS = 1_000;
/** setTimeout takes no more. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * One client over WebSocket. It costs one message of memory: the next is read from the database when the one before has left,
 * and a client that does not read within {@link SocketSettings.sendTimeoutMs} is closed with 1013. It loses nothing by that: it
 * comes back with `initialRecordTime`.
 */
export class QuerySocket {
  private cursor: FeedCursor;
  private looking = false;
  private again = false;
  private isAlive = true;
  private readonly timers: NodeJS.Timeout[] = [];
  private runTimer: NodeJS.Timeout | undefined;

  public constructor(
    private readonly client: WebSocket,
    private readonly asked: SocketQuery,
    private readonly dataSource: DataSource,
    private readonly settings: SocketSettings,
    private readonly logger: Logger,
  ) {
    this.cursor = asked.cursor;
    client.on('error', () => client.terminate());
    client.on('close', () => this.stop());
    client.on('pong', () => (this.isAlive = true));
    client.on('message', () => this.close(POLICY_VIOLATION, 'nothing is to be sent here'));
    this.timers.push(setInterval(() => this.ping(), settings.pingMs));
    if (asked.controls.schedule) this.plan();
    else this.timers.push(setInterval(() => this.look(), settings.lookMs));
    this.look();
  }

  /** Something was captured; a client with a schedule waits for its moment. */
  public look(): void {
    if (!this.asked.controls.schedule) this.run();
  }

  public close(code: number, reason: string): void {
    this.client.close(code, reason);
    setTimeout(() => this.client.terminate(), CLOSE_GRACE_MS).unref();
  }

  private plan(): void {
    const next = nextMoment(parseSchedule(this.asked.controls.schedule!), new Date());
    if (!next) return;
    const wait = Math.max(next.getTime() - Date.now(), 0);
    this.runTimer = setTimeout(
      () => {
        if (wait <= LONGEST_TIMER_MS) this.run();
        this.plan();
      },
      Math.min(wait, LONGEST_TIMER_MS),
    );
  }

  private run(): void {
    if (this.looking) {
      this.again = true;
      return;
    }
    this.looking = true;
    asViewer(this.asked.scope, () => this.report())
      .catch((error: unknown) => this.fail(error))
      .finally(() => {
        this.looking = false;
        if (!this.again || this.client.readyState !== this.client.OPEN) return;
        this.again = false;
        this.run();
      });
  }

  private async report(): Promise<void> {
    const { query, since, controls } = this.asked;
    const until = await numberCaptures(this.dataSource);
    let found = false;
    for (let isEnd = false; !isEnd && this.client.readyState === this.client.OPEN;) {
      const page = await readFeed(this.dataSource, { query, after: this.cursor, until, since });
      if (page.events.length > 0) await this.send(page.events);
      found ||= page.events.length > 0;
      this.cursor = page.cursor;
      isEnd = page.isEnd;
    }
    if (!found && controls.schedule && controls.reportIfEmpty) await this.send([]);
  }

  private send(events: Parameters<typeof queryDocument>[0]): Promise<void> {
    const { queryName } = this.asked;
    const text = JSON.stringify(queryDocument(events, new Date(), { queryName }));
    return new Promise((resolve) => {
      const late = setTimeout(() => {
        this.logger.warn({ event: 'query-socket-slow', query: queryName });
        this.close(TRY_AGAIN_LATER, 'too slow; come back with initialRecordTime');
      }, this.settings.sendTimeoutMs);
      // An error is told by the event `error`, which ends the connection.
      this.client.send(text, () => {
        clearTimeout(late);
        resolve();
      });
    });
  }

  private fail(error: unknown): void {
    const found = error instanceof EventQueryError ? problemOf(error) : undefined;
    if (!found) this.logger.error({ event: 'query-socket-failed', err: error });
    else if (this.client.readyState === this.client.OPEN) this.client.send(JSON.stringify(found));
    this.close(SERVER_ERROR, found ? 'the query cannot be answered' : 'the server failed');
  }

  private ping(): void {
    if (!this.isAlive) {
      this.client.terminate();
      return;
    }
    this.isAlive = false;
    this.client.ping();
  }

  private stop(): void {
    for (const timer of this.timers) clearInterval(timer);
    clearTimeout(this.runTimer);
  }
}
