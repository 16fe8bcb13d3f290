import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import {
  AnomaliesModule,
  AnomalyScanService,
  EventWatchService,
  ReadingWatchService,
} from '@tallyhouse/anomalies';
import { AuditModule, AuditRunService, EdgeBuilder, RecallOutbox } from '@tallyhouse/audit';
import { ChainWriter, readDeployment } from '@tallyhouse/chain';
import { ConfigError, ConfigModule, type Config, type Logger } from '@tallyhouse/config';
import { DatabaseModule, ProcessClock } from '@tallyhouse/database';
import {
  CommitmentRepository,
  DriftService,
  forecastApart,
  ForecastingModule,
  ForecastRunService,
  LeadTimeService,
  PanelSliceReader,
  ScoreService,
  SeriesRefreshService,
  ShadowPlanService,
  ShardPlanService,
  ShardWorkService,
} from '@tallyhouse/forecasting';
import { ProposalNotices } from '@tallyhouse/governance';
import { JobQueue, StageRecord } from '@tallyhouse/jobs';
import {
  EventHarvest,
  NlpModule,
  TextAnalysis,
  TextEmbedding,
  TextLabelling,
  TextSealing,
  TopicRefresh,
  RunningTextModelReader,
} from '@tallyhouse/nlp';
import {
  ARTIFACT_STORE,
  ModelRegistryModule,
  ModelSwitcher,
  ShadowCandidates,
  type ArtifactStore,
} from '@tallyhouse/model-registry';
import {
  AnchorBacklogReader,
  AnchorRepository,
  EventQueryModule,
  SealingService,
  SubscriptionRound,
  SupplyChainModule,
} from '@tallyhouse/supply-chain';
import type { Tracing } from '@tallyhouse/telemetry';
import { DataSource } from 'typeorm';
import { BALLOTS, ballotsProvider, type BallotRun } from './ballots.provider.js';
import { ModelLoader } from './models/model-loader.js';
import { RunningLateness } from './models/running-lateness.js';
import { RunningParameters } from './models/running-parameters.js';
import { StageRunner } from './stage-runner.js';
import { stageHandlers, type Stages } from './stage-handlers.js';
import { AnomaliesStage } from './stages/anomalies.stage.js';
import { AnchorStage } from './stages/anchor.stage.js';
import { AuditStage } from './stages/audit.stage.js';
import { CommitStage } from './stages/commit.stage.js';
import { HousekeepingStage } from './stages/housekeeping.stage.js';
import { LabelsStage } from './stages/labels.stage.js';
import { LeadTimesStage } from './stages/lead-times.stage.js';
import { ForecastStage } from './stages/forecast.stage.js';
import { ForecastShardsStage } from './stages/forecast-shards.stage.js';
import { ShadowStage } from './stages/shadow.stage.js';
import { ShadowShardsStage } from './stages/shadow-shards.stage.js';
import { RecallStage } from './stages/recall.stage.js';
import { webhooksStage } from './stages/webhooks.stage.js';
import { ModelsStage } from './stages/models.stage.js';
import { TextsStage, type TextServices } from './stages/texts.stage.js';
import { measureBacklog } from './telemetry/backlog-metrics.js';
import { workerProbes } from './telemetry/worker-probes.js';
import { WorkerTelemetry } from './telemetry/worker-telemetry.js';

const STAGES = Symbol('STAGES');
const TEXT_SERVICES = Symbol('TEXT_SERVICES');
const TRACING = Symbol('TRACING');

const textServices: Provider = {
  provide: TEXT_SERVICES,
  inject: [EventHarvest, TextSealing, TextAnalysis, TextEmbedding, TopicRefresh],
  useFactory: (
    harvest: EventHarvest,
    sealing: TextSealing,
    analysis: TextAnalysis,
    embedding: TextEmbedding,
    topics: TopicRefresh,
  ): TextServices => ({ harvest, sealing, analysis, embedding, topics }),
};

/** The worker: every stage of the loop that is not indexing or answering. */
@Module({})
export class WorkerModule {
  public static forRoot(config: Config, logger: Logger, tracing: Tracing): DynamicModule {
    return {
      module: WorkerModule,
      imports: [
        ConfigModule.forRoot(config),
        DatabaseModule.forRoot(readDeployment, 'OWNER'),
        SupplyChainModule,
        EventQueryModule,
        ModelRegistryModule,
        ForecastingModule,
        NlpModule,
        AuditModule,
        AnomaliesModule,
      ],
      providers: [
        chainWriter(config),
        ballotsProvider(config, logger),
        modelLoader(config),
        textServices,
        stages(config, logger),
        runner(config, logger),
        telemetry(config, logger),
        { provide: TRACING, useValue: tracing },
      ],
    };
  }
}

function chainWriter(config: Config): Provider {
  return {
    provide: ChainWriter,
    inject: [DataSource, ProcessClock],
    useFactory: async (dataSource: DataSource, clock: ProcessClock) => {
      const key = config.relayerPrivateKey;
      if (!key)
        throw new ConfigError([
          'RELAYER_PRIVATE_KEY: needed to anchor and commit; give a key that holds coin for gas',
        ]);
      return new ChainWriter(config, key, await readDeployment(config), dataSource, () => clock.now());
    },
  };
}

function modelLoader(config: Config): Provider {
  return { provide: ModelLoader, useFactory: () => new ModelLoader(config) };
}

function stages(config: Config, logger: Logger): Provider {
  return {
    provide: STAGES,
    inject: [
      DataSource,
      ChainWriter,
      ModelLoader,
      ARTIFACT_STORE,
      SealingService,
      AnchorRepository,
      EdgeBuilder,
      RecallOutbox,
      SubscriptionRound,
      ModelSwitcher,
      SeriesRefreshService,
      ForecastRunService,
      ShardPlanService,
      ShadowPlanService,
      ShardWorkService,
      ShadowCandidates,
      CommitmentRepository,
      ScoreService,
      DriftService,
      LeadTimeService,
      TextLabelling,
      TEXT_SERVICES,
      AuditRunService,
      PanelSliceReader,
      AnomalyScanService,
      ReadingWatchService,
      EventWatchService,
      BALLOTS,
      ProcessClock,
    ],
    useFactory: (
      dataSource: DataSource,
      writer: ChainWriter,
      loader: ModelLoader,
      store: ArtifactStore,
      sealing: SealingService,
      batches: AnchorRepository,
      graph: EdgeBuilder,
      recalls: RecallOutbox,
      round: SubscriptionRound,
      switcher: ModelSwitcher,
      series: SeriesRefreshService,
      runs: ForecastRunService,
      plans: ShardPlanService,
      shadowPlans: ShadowPlanService,
      shards: ShardWorkService,
      candidates: ShadowCandidates,
      commitments: CommitmentRepository,
      scores: ScoreService,
      drift: DriftService,
      leadTimes: LeadTimeService,
      labelling: TextLabelling,
      texts: TextServices,
      audits: AuditRunService,
      panels: PanelSliceReader,
      scans: AnomalyScanService,
      readings: ReadingWatchService,
      watchedEvents: EventWatchService,
      ballots: BallotRun,
      clock: ProcessClock,
    ): Stages => ({
      dataSource,
      clock: () => clock.now(),
      chainId: writer.deployment.chainId,
      ballots,
      anchor: new AnchorStage(config, writer, sealing, batches, logger),
      graph,
      recall: new RecallStage(writer, recalls, logger),
      webhooks: webhooksStage(
        config,
        dataSource,
        round,
        new ProposalNotices(dataSource, writer.deployment.chainId),
        logger,
        () => clock.now(),
      ),
      models: new ModelsStage(store, switcher, loader, logger),
      series,
      forecast: new ForecastStage(config, { dataSource, store, loader, runs, plans }, logger),
      forecastShards: new ForecastShardsStage(store, loader, shards),
      shadow: new ShadowStage(
        config,
        { dataSource, store, candidates, runs, plans: shadowPlans, apart: forecastApart },
        logger,
      ),
      shadowShards: new ShadowShardsStage(
        { store, candidates, plans: shadowPlans, shards, apart: forecastApart },
        logger,
      ),
      commit: new CommitStage(writer, commitments, logger),
      scores,
      drift,
      leadTimes: new LeadTimesStage(new RunningLateness(dataSource, store), leadTimes, logger),
      labels: new LabelsStage(new RunningTextModelReader(dataSource, store), labelling, logger),
      texts: new TextsStage(config, writer, texts, logger),
      anomalies: new AnomaliesStage(
        new RunningParameters(dataSource, store),
        { panels, scans, readings, events: watchedEvents },
        logger,
      ),
      housekeeping: new HousekeepingStage(config.retention, dataSource, logger),
      audit: new AuditStage(dataSource, store, audits, logger),
      logger,
    }),
  };
}

function runner(config: Config, logger: Logger): Provider {
  return {
    provide: StageRunner,
    inject: [STAGES, ModelLoader],
    useFactory: (built: Stages, loader: ModelLoader) => {
      const queue = new JobQueue(config.databaseUrl, (error) =>
        logger.error({ event: 'queue-error', error }),
      );
      const handlers = stageHandlers(built, queue);
      const record = new StageRecord(built.dataSource);
      return new StageRunner(config, queue, handlers, logger, loader, record);
    },
  };
}

function telemetry(config: Config, logger: Logger): Provider {
  return {
    provide: WorkerTelemetry,
    inject: [DataSource, ChainWriter, StageRunner, AnchorBacklogReader],
    useFactory: (
      dataSource: DataSource,
      { publicClient: chain }: ChainWriter,
      stageRunner: StageRunner,
      backlog: AnchorBacklogReader,
    ) => {
      measureBacklog(dataSource, backlog);
      const probes = workerProbes({ dataSource, chain, isWorking: () => stageRunner.isWorking });
      return new WorkerTelemetry(config, dataSource, probes, logger);
    },
  };
}
