import type { EdgeBuilder } from '@tallyhouse/audit';
import type { Logger } from '@tallyhouse/config';
import type { DriftService, ScoreService, SeriesRefreshService } from '@tallyhouse/forecasting';
import type { JobQueue, QueueName, StageHandler } from '@tallyhouse/jobs';
import type { DataSource } from 'typeorm';
import type { BallotRun } from './ballots.provider.js';
import type { AnchorStage } from './stages/anchor.stage.js';
import type { AuditStage } from './stages/audit.stage.js';
import type { AnomaliesStage } from './stages/anomalies.stage.js';
import { chainMoment, type ChainMoment } from './stages/chain-clock.js';
import type { CommitStage } from './stages/commit.stage.js';
import type { HousekeepingStage } from './stages/housekeeping.stage.js';
import type { LabelsStage } from './stages/labels.stage.js';
import type { LeadTimesStage } from './stages/lead-times.stage.js';
import type { ForecastStage } from './stages/forecast.stage.js';
import type { ForecastShardsStage } from './stages/forecast-shards.stage.js';
import type { ShadowStage } from './stages/shadow.stage.js';
import type { ShadowShardsStage } from './stages/shadow-shards.stage.js';
import type { RecallStage } from './stages/recall.stage.js';
import type { WebhooksStage } from './stages/webhooks.stage.js';
import type { ModelsStage } from './stages/models.stage.js';
import type { TextsStage } from './stages/texts.stage.js';

/** Everything the loop's stages are made of. */
export interface Stages {
  readonly dataSource: DataSource;
  readonly chainId: number;
  /** The time of the database, whatever this machine's clock says. */
  readonly clock: () => Date;
  readonly anchor: AnchorStage;
  readonly ballots: BallotRun;
  readonly graph: EdgeBuilder;
  readonly recall: RecallStage;
  readonly webhooks: WebhooksStage;
  readonly models: ModelsStage;
  readonly series: SeriesRefreshService;
  readonly forecast: ForecastStage;
  readonly forecastShards: ForecastShardsStage;
  readonly shadow: ShadowStage;
  readonly shadowShards: ShadowShardsStage;
  readonly commit: CommitStage;
  readonly scores: ScoreService;
  readonly drift: DriftService;
  readonly leadTimes: LeadTimesStage;
  readonly labels: LabelsStage;
  readonly texts: TextsStage;
  readonly audit: AuditStage;
  readonly anomalies: AnomaliesStage;
  readonly housekeeping: HousekeepingStage;
  readonly logger: Logger;
}

/** The loop: what each stage does and which stage it wakes. */
export function stageHandlers(stages: Stages, queue: JobQueue): Readonly<Record<QueueName, StageHandler>> {
  const atChainTime = (work: (moment: ChainMoment) => Promise<void>): StageHandler => {
    return async () => {
      const moment = await chainMoment(stages.dataSource, stages.chainId);
      if (moment) await work(moment);
    };
  };
  return {
    anchor: () => stages.anchor.run(stages.clock()),
    ballots: () => stages.ballots(stages.clock),
    graph: async () => {
      const taken = await stages.graph.run();
      if (taken > 0) stages.logger.info({ event: 'graph-extended', events: taken });
    },
    recall: () => stages.recall.run(stages.clock()),
    subscriptions: async () => {
      if (await stages.webhooks.prepare(stages.clock())) await queue.request('webhooks');
    },
    webhooks: async () => {
      // What was delivered made room for more of what was captured.
      if (await stages.webhooks.deliver(stages.clock())) await queue.request('subscriptions');
    },
    series: async () => {
      const changed = await stages.series.refresh();
      if (changed === 0) return;
      stages.logger.info({ event: 'series-refreshed', changed });
      await queue.request('score');
      await queue.request('forecast');
      await queue.request('anomalies');
      await queue.request('leadTimes');
    },
    models: async () => {
      if (!(await stages.models.run())) return;
      await queue.request('forecast');
      await queue.request('labels');
      await queue.request('audit');
      await queue.request('anomalies');
      await queue.request('leadTimes');
    },
    forecast: atChainTime(async ({ time, block }) => {
      const { made, planned } = await stages.forecast.run(time, block);
      if (planned) await queue.request('forecastShards');
      if (made) await queue.request('shadow');
    }),
    forecastShards: async (share) => {
      for (const next of await stages.forecastShards.run(share)) await queue.request('forecastShards', next);
      // Candidates wait for the run to be whole.
      if (share?.endsWith('/close')) await queue.request('shadow');
    },
    shadow: atChainTime(async (moment) => {
      if (await stages.shadow.run(moment)) await queue.request('shadowShards');
    }),
    shadowShards: async (share) => {
      for (const next of await stages.shadowShards.run(share)) await queue.request('shadowShards', next);
    },
    commit: atChainTime(({ time }) => stages.commit.run(time)),
    anomalies: atChainTime(async (moment) => {
      if (await stages.anomalies.run(moment, Date.now())) await queue.request('anomalies');
    }),
    leadTimes: atChainTime((moment) => stages.leadTimes.run(moment)),
    audit: () => stages.audit.run(stages.clock()),
    housekeeping: () => stages.housekeeping.run(stages.clock()),
    score: atChainTime(async ({ time }) => {
      const scored = await stages.scores.scoreDue(time);
      if (scored > 0) stages.logger.info({ event: 'forecasts-scored', scored });
      const alarms = await stages.drift.watch(time);
      for (const alarm of alarms) stages.logger.warn({ event: 'model-behind-baseline', ...alarm });
      if (alarms.length > 0) await queue.request('webhooks');
    }),
    labels: () => stages.labels.run(stages.clock),
    texts: async () => {
      if (!(await stages.texts.run(stages.clock))) return;
      await queue.request('anchor');
      await queue.request('texts');
    },
  };
}
