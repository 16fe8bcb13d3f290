import { Injectable } from '@nestjs/common';
import { AnomalyReader } from '@tallyhouse/anomalies';
import { FindingReader, RuleSettingReader } from '@tallyhouse/audit';
import {
  ForecastReader,
  SeriesReader,
  ShadowReader,
  ShardProgressReader,
  StockOutReader,
} from '@tallyhouse/forecasting';
import { DelegateReader, LifecycleReader, ProposalReader } from '@tallyhouse/governance';
import { TextLabelReader, TextReader } from '@tallyhouse/nlp';
import { ModelReader, ShadowStandingReader } from '@tallyhouse/model-registry';
import {
  BatchReader,
  CaptureDocumentReader,
  CaptureJobReader,
  CorrectionReader,
  EventReader,
  ProfileRepository,
} from '@tallyhouse/supply-chain';
import { anomalyLoaders } from '../../anomalies/anomaly.loader.js';
import { captureLoaders, documentLoaders } from '../../capture/capture.loader.js';
import { eventLoaders } from '../../events/event.loader.js';
import { findingLoaders } from '../../findings/finding.loader.js';
import { forecastLoaders } from '../../forecasts/forecast.loader.js';
import { modelLoaders } from '../../models/model.loader.js';
import { lifecycleLoaders, proposalLoaders } from '../../proposals/proposal.loader.js';
import { seriesLoaders } from '../../series/series.loader.js';
import { textLoaders } from '../../texts/text.loader.js';
import type { LoaderOptions } from '../relay/loading.js';

/** Every loader of one request. */
export type Loaders = ReturnType<LoaderFactory['create']>;

/** Makes the loaders of a request: what one request has read, no other ever sees. */
@Injectable()
export class LoaderFactory {
  public constructor(
    private readonly events: EventReader,
    private readonly corrections: CorrectionReader,
    private readonly captureJobs: CaptureJobReader,
    private readonly profiles: ProfileRepository,
    private readonly documents: CaptureDocumentReader,
    private readonly batches: BatchReader,
    private readonly series: SeriesReader,
    private readonly stockOuts: StockOutReader,
    private readonly forecasts: ForecastReader,
    private readonly models: ModelReader,
    private readonly shadowStandings: ShadowStandingReader,
    private readonly shadowRecords: ShadowReader,
    private readonly shardProgress: ShardProgressReader,
    private readonly proposals: ProposalReader,
    private readonly lifecycles: LifecycleReader,
    private readonly delegates: DelegateReader,
    private readonly texts: TextReader,
    private readonly textLabels: TextLabelReader,
    private readonly findings: FindingReader,
    private readonly ruleSettings: RuleSettingReader,
    private readonly anomalies: AnomalyReader,
  ) {}

  public create(options: LoaderOptions) {
    return {
      ...eventLoaders(this.events, this.corrections, options),
      ...captureLoaders(this.captureJobs, this.profiles, options),
      ...documentLoaders(this.documents, this.batches, options),
      ...seriesLoaders(this.series, this.stockOuts, options),
      ...forecastLoaders(this.forecasts, options),
      ...modelLoaders(this.models, this.shadowStandings, this.shadowRecords, this.shardProgress, options),
      ...proposalLoaders(this.proposals, options),
      ...lifecycleLoaders(this.lifecycles, this.delegates, options),
      ...textLoaders(this.texts, this.textLabels, options),
      ...findingLoaders(this.findings, this.ruleSettings, options),
      ...anomalyLoaders(this.anomalies, options),
    };
  }
}
