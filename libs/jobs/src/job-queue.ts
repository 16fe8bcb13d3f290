import { once } from 'node:events';
import { PgBoss, type JobWithMetadata } from 'pg-boss';
import { QUEUES, type QueueName } from './queues.js';

const RETRY_LIMIT = 5;
const RETRY_DELAY_S = 1;
const JOB_TIMEOUT_S = 900;
/** A worker that was killed stops beating; its job is retried after this and the next supervision. */
const HEARTBEAT_S = 10;
const SUPERVISION_S = 5;
const KEPT_AFTER_END_S = 600;

/**
 * A stage's work: does all that is due and returns. Thrown errors are retried with backoff, then kept as failed.
 *
 * @param share which share of the stage's work is meant, where it was asked for one alone
 */
export type StageHandler = (share?: string) => Promise<void>;

interface JobContent {
  readonly share?: string;
}

/** Which attempt of a job it is. */
export interface StageAttempt {
  /** From 1. */
  readonly number: number;
  /** Whether the job is given up when this one fails. */
  readonly isLast: boolean;
  /** The share that was asked for; undefined for all that is due. */
  readonly share: string | undefined;
}

/**
 * The queue in Postgres. Policy `stately`: of each stage, or of each share of one, at most one job waits and one runs in the
 * whole system, so that asking twice for the same work costs nothing and two workers never do it twice.
 */
export class JobQueue {
  private readonly boss: PgBoss;
  private started = false;

  public constructor(databaseUrl: string, onError: (error: Error) => void) {
    this.boss = new PgBoss({
      connectionString: databaseUrl,
      max: 4,
      superviseIntervalSeconds: SUPERVISION_S,
      monitorIntervalSeconds: SUPERVISION_S,
      // Its spans of every look into the queue would be the parents of ours, and a trace of nothing every half second.
      openTelemetry: { enabled: false },
    });
    this.boss.on('error', onError);
  }

  public async start(): Promise<void> {
    await this.boss.start();
    this.started = true;
    for (const name of QUEUES) {
      await this.boss.createQueue(name, {
        policy: 'stately',
        retryLimit: RETRY_LIMIT,
        retryDelay: RETRY_DELAY_S,
        retryBackoff: true,
        expireInSeconds: JOB_TIMEOUT_S,
        heartbeatSeconds: HEARTBEAT_S,
        deleteAfterSeconds: KEPT_AFTER_END_S,
      });
    }
  }

  /**
   * Asks for a stage to run soon; asking again before it starts changes nothing.
   *
   * @param share a share of its work that may be done beside others, on any machine
   */
  public async request(name: QueueName, share?: string): Promise<void> {
    await (share === undefined
      ? this.boss.send(name, {})
      : this.boss.send(name, { share }, { singletonKey: share }));
  }

  /** Runs a stage's jobs in this process, one at a time. */
  public async work(name: QueueName, handler: (attempt: StageAttempt) => Promise<void>): Promise<void> {
    const options = { pollingIntervalSeconds: 0.5, batchSize: 1, includeMetadata: true } as const;
    await this.boss.work(name, options, async ([job]: JobWithMetadata<JobContent>[]) => {
      const { retryCount = 0, retryLimit = RETRY_LIMIT, data } = job ?? {};
      await handler({ number: retryCount + 1, isLast: retryCount >= retryLimit, share: data?.share });
    });
  }

  /** Lets running jobs end (at most `timeoutMs`), then closes. */
  public async stop(timeoutMs: number): Promise<void> {
    if (!this.started) return;
    this.started = false;
    const stopped = once(this.boss, 'stopped');
    await this.boss.stop({ graceful: true, timeout: timeoutMs });
    await stopped;
  }
}
