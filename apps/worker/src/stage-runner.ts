import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import type { Config, Logger } from '@tallyhouse/config';
import { Listener, type Channels, type Notice } from '@tallyhouse/database';
import {
  JobQueue,
  QUEUES,
  type QueueName,
  type StageAttempt,
  type StageHandler,
  type StageRecord,
} from '@tallyhouse/jobs';
import type { ModelLoader } from './models/model-loader.js';
import { measured } from './telemetry/stage-metrics.js';

const RECONCILE_INTERVAL_MS = 10_000;
/** How late a scheduled query or a second attempt may be. */
const WEBHOOK_INTERVAL_MS = 2_000;
const SHUTDOWN_TIMEOUT_MS = 4_000;

/** Which stages have work when a table of the chain's facts changes. */
const STAGES_OF_TABLE: Readonly<Record<string, readonly QueueName[]>> = {
  trace_anchored: ['series', 'audit'],
  model_version_proposed: ['shadow'],
  model_version_activated: ['models'],
  model_version_rolled_back: ['models'],
  forecast_committed: ['score'],
};

/** Takes jobs and asks for new ones: at once when the database tells of a change, and at intervals in case it did not. */
export class StageRunner implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly timers: NodeJS.Timeout[] = [];
  private readonly listener: Listener;
  private working = false;

  public constructor(
    private readonly config: Config,
    private readonly queue: JobQueue,
    private readonly handlers: Readonly<Record<QueueName, StageHandler>>,
    private readonly logger: Logger,
    private readonly loader: ModelLoader,
    private readonly record: StageRecord,
  ) {
    this.listener = new Listener(config.databaseUrl);
  }

  /** Whether jobs are taken: from the last step of the start to the first of the end. */
  public get isWorking(): boolean {
    return this.working;
  }

  public async onApplicationBootstrap(): Promise<void> {
    await this.queue.start();
    this.listener.on('tallyhouse_index').subscribe((notice) => this.request(stagesOf(notice)));
    this.listener.on('tallyhouse_forecast').subscribe(() => this.request(['commit']));
    this.listener.on('tallyhouse_capture').subscribe(() => this.request(['graph', 'subscriptions']));
    this.listener.on('tallyhouse_ballot').subscribe(() => this.request(['ballots']));
    this.listener.on('tallyhouse_stage').subscribe((notice) => this.request(stageAsked(notice)));
    await this.listener.start();
    for (const name of QUEUES) await this.queue.work(name, this.reported(name));
    this.every(this.config.anchorIntervalMs, ['anchor']);
    this.every(WEBHOOK_INTERVAL_MS, ['subscriptions', 'webhooks']);
    this.every(RECONCILE_INTERVAL_MS, QUEUES);
    this.request(QUEUES);
    this.working = true;
  }

  /** Before the database and the probes go. */
  public async beforeApplicationShutdown(): Promise<void> {
    this.working = false;
    for (const timer of this.timers) clearInterval(timer);
    await this.listener.stop();
    await this.queue.stop(SHUTDOWN_TIMEOUT_MS);
    await this.loader.close();
  }

  private reported(name: QueueName): (attempt: StageAttempt) => Promise<void> {
    return async ({ number, isLast, share }) => {
      try {
        await this.record.begun(name);
        await measured(name, () => this.handlers[name](share));
        await this.record.succeeded(name);
      } catch (error) {
        this.logger.error({
          event: 'stage-failed',
          stage: name,
          ...(share === undefined ? {} : { share }),
          attempt: number,
          error,
          advice: isLast
            ? 'the job is given up; the stage runs again at the next look, and jobFailures keeps the error'
            : 'it is tried again with growing pauses',
        });
        // Where the database is what failed there is nobody to write it down.
        await this.record.failed(name, error, isLast).catch(() => undefined);
        throw error;
      }
    };
  }

  private every(intervalMs: number, stages: readonly QueueName[]): void {
    this.timers.push(setInterval(() => this.request(stages), intervalMs));
  }

  private request(stages: readonly QueueName[]): void {
    for (const stage of stages) {
      this.queue
        .request(stage)
        .catch((error: unknown) => this.logger.warn({ event: 'request-failed', stage, error }));
    }
  }
}

/** After a rollback or a lost connection every stage looks for itself. */
function stagesOf(notice: Notice<'tallyhouse_index'>): readonly QueueName[] {
  if (notice === 'RECONNECTED' || isRollback(notice)) return QUEUES;
  return [...new Set(notice.tables.flatMap((table) => STAGES_OF_TABLE[table] ?? []))];
}

/** Anybody who may connect to the database may send anything: what names no stage asks for nothing. */
function stageAsked(notice: Notice<'tallyhouse_stage'>): readonly QueueName[] {
  return notice === 'RECONNECTED' ? [] : QUEUES.filter((name) => name === notice.stage);
}

function isRollback(notice: Channels['tallyhouse_index']): boolean {
  return notice.rolledBackTo !== undefined;
}
