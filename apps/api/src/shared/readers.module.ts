import { Global, Module } from '@nestjs/common';
import { AnomaliesModule } from '@tallyhouse/anomalies';
import { AuditModule } from '@tallyhouse/audit';
import {
  DecompositionReader,
  DriftReader,
  ForecastReader,
  ForecastStepReader,
  LeadTimeReader,
  PanelRepository,
  SeriesReader,
  ShadowReader,
  ShardProgressReader,
  StatementRepository,
  StockOutReader,
  WhatIfReader,
  TrackRecordReader,
} from '@tallyhouse/forecasting';
import { GovernanceModule } from '@tallyhouse/governance';
import { StageReader } from '@tallyhouse/jobs';
import {
  RunningTextModelReader,
  TalkReader,
  TextLabelReader,
  TextProofReader,
  TextReader,
  TopicReader,
} from '@tallyhouse/nlp';
import {
  ModelReader,
  ModelRegistryModule,
  ReportReader,
  ShadowStandingReader,
  VersionFiles,
} from '@tallyhouse/model-registry';
import {
  BatchReader,
  CaptureDocumentReader,
  CaptureJobReader,
  CorrectionReader,
  EventExportReader,
  EventReader,
  IndexStatusReader,
  ItemReader,
  MasterDataReader,
  GrantRepository,
  PartnerReader,
  ProfileRepository,
  ProofReader,
  ReadAuditReader,
  SharedEventReader,
  SharingRepository,
} from '@tallyhouse/supply-chain';
import { ErrorFormat } from './errors/error-format.js';
import { IndexWaiter } from './freshness/index-waiter.js';
import { deploymentProvider } from './http/deployment.provider.js';
import { KNOWN_OPERATIONS, knownOperationsProvider } from './limits/known-operations.js';
import { RateLimits } from './limits/rate-limits.js';
import { LoaderFactory } from './request/loaders.js';

const READERS = [
  BatchReader,
  CaptureDocumentReader,
  CaptureJobReader,
  CorrectionReader,
  DecompositionReader,
  DriftReader,
  EventExportReader,
  EventReader,
  ForecastReader,
  ForecastStepReader,
  IndexStatusReader,
  ItemReader,
  LeadTimeReader,
  MasterDataReader,
  ModelReader,
  PanelRepository,
  PartnerReader,
  ProfileRepository,
  ProofReader,
  GrantRepository,
  ReadAuditReader,
  ReportReader,
  SeriesReader,
  SharedEventReader,
  SharingRepository,
  ShadowReader,
  ShardProgressReader,
  TrackRecordReader,
  ShadowStandingReader,
  StageReader,
  StatementRepository,
  StockOutReader,
  RunningTextModelReader,
  TalkReader,
  TextLabelReader,
  TextProofReader,
  TextReader,
  TopicReader,
  VersionFiles,
  WhatIfReader,
];

/** Everything that resolvers read with. */
@Global()
@Module({
  imports: [AnomaliesModule, AuditModule, GovernanceModule, ModelRegistryModule],
  providers: [
    ...READERS,
    LoaderFactory,
    ErrorFormat,
    IndexWaiter,
    deploymentProvider,
    knownOperationsProvider,
    RateLimits,
  ],
  exports: [
    ...READERS,
    AnomaliesModule,
    AuditModule,
    GovernanceModule,
    ModelRegistryModule,
    LoaderFactory,
    ErrorFormat,
    IndexWaiter,
    deploymentProvider,
    KNOWN_OPERATIONS,
    RateLimits,
  ],
})
export class ReadersModule {}
