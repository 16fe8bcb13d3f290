import { Module } from '@nestjs/common';
import { DriftService } from './drift/drift.service.js';
import { LeadTimeService } from './lead-time/lead-time.service.js';
import { DecompositionReader } from './decomposition/decomposition.reader.js';
import { CommitmentRepository } from './runs/commitment.repository.js';
import { ForecastRunService } from './runs/forecast-run.service.js';
import { ScoreService } from './runs/score.service.js';
import { ShadowPlanService } from './shards/shadow-plan.service.js';
import { ShardPlanService } from './shards/shard-plan.service.js';
import { ShardWorkService } from './shards/shard-work.service.js';
import { PanelRepository } from './series/panel.repository.js';
import { PanelSliceReader } from './series/panel-slice.reader.js';
import { SeriesRefreshService } from './series/series-refresh.service.js';

const providers = [
  SeriesRefreshService,
  PanelRepository,
  PanelSliceReader,
  DecompositionReader,
  ForecastRunService,
  ShardPlanService,
  ShadowPlanService,
  ShardWorkService,
  CommitmentRepository,
  ScoreService,
  DriftService,
  LeadTimeService,
];

/** Series from anchored events, runs, commitments and scores. Needs a TypeORM DataSource in the application. */
@Module({ providers, exports: providers })
export class ForecastingModule {}
