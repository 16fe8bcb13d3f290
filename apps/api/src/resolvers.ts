import { AccountResolver } from './accounts/account.resolver.js';
import { DelegateResolver } from './accounts/delegate.resolver.js';
import { AnomalyResolver } from './anomalies/anomaly.resolver.js';
import { AnomalyVersionResolver } from './anomalies/anomaly-version.resolver.js';
import { BallotResolver } from './ballots/ballot.resolver.js';
import { BatchResolver } from './batches/batch.resolver.js';
import { CaptureResolver } from './capture/capture.resolver.js';
import { EventCapturedResolver } from './events/event-captured.resolver.js';
import { EventResolver } from './events/event.resolver.js';
import { ProofResolver } from './events/proof.resolver.js';
import { FindingRaisedResolver } from './findings/finding-raised.resolver.js';
import { FindingResolver } from './findings/finding.resolver.js';
import { AuditRuleSettingResolver, FindingSettingResolver } from './findings/rule-setting.resolver.js';
import { DriftResolver } from './forecasts/drift.resolver.js';
import { TrackRecordResolver } from './forecasts/track-record.resolver.js';
import { BacktestResolver } from './models/backtest.resolver.js';
import { ForecastResolver } from './forecasts/forecast.resolver.js';
import { ShardProgressResolver } from './forecasts/shard-progress.resolver.js';
import { WhatIfResolver } from './forecasts/what-if.resolver.js';
import { LeadTimeResolver } from './lead-times/lead-time.resolver.js';
import { IndexStatusResolver } from './index-status/index-status.resolver.js';
import { DeadDeliveryResolver } from './jobs/dead-delivery.resolver.js';
import { JobResolver } from './jobs/job.resolver.js';
import { ItemResolver } from './items/item.resolver.js';
import { MasterDataResolver } from './master-data/master-data.resolver.js';
import { ApiKeyResolver } from './keys/key.resolver.js';
import { ModelActivatedResolver } from './models/model-activated.resolver.js';
import { ModelChangeResolver } from './models/model-change.resolver.js';
import { ShadowComparisonResolver, ShadowResolver } from './models/shadow.resolver.js';
import { ModelDiffResolver } from './models/model-diff.resolver.js';
import { ModelFamilyResolver } from './models/model-family.resolver.js';
import { ModelParameterResolver } from './models/model-parameter.resolver.js';
import { ModelVersionResolver } from './models/model-version.resolver.js';
import { PartnerResolver } from './partners/partner.resolver.js';
import { ProfileResolver } from './partners/profile.resolver.js';
import { LifecycleResolver } from './proposals/lifecycle.resolver.js';
import { ProposalChangedResolver } from './proposals/proposal-changed.resolver.js';
import { ProposalResolver } from './proposals/proposal.resolver.js';
import { ViewerResolver } from './viewer/viewer.resolver.js';
import { VoteResolver } from './proposals/vote.resolver.js';
import { SeriesResolver } from './series/series.resolver.js';
import { SharingResolver } from './sharing/sharing.resolver.js';
import { BalanceResolver } from './balances/balance.resolver.js';
import { ProductMeasureResolver } from './balances/measure.resolver.js';
import { CustodyResolver } from './custody/custody.resolver.js';
import { FsmaResolver } from './reports/fsma.resolver.js';
import { EventExportResolver } from './reports/event-export.resolver.js';
import { ItemReportResolver } from './reports/item-report.resolver.js';
import { RecallDrillResolver } from './recalls/recall-drill.resolver.js';
import { RecallPreviewResolver } from './recalls/recall-preview.resolver.js';
import { RecallResolver } from './recalls/recall.resolver.js';
import { TraceResolver } from './trace/trace.resolver.js';
import { AnomalyTalkResolver } from './texts/anomaly-talk.resolver.js';
import { TextLabelsResolver } from './texts/text-labels.resolver.js';
import { TextResolver } from './texts/text.resolver.js';
import { TopicResolver } from './texts/topic.resolver.js';

/** Every resolver of the schema. */
export const resolvers = [
  AccountResolver,
  DelegateResolver,
  LifecycleResolver,
  AnomalyResolver,
  AnomalyVersionResolver,
  ApiKeyResolver,
  ViewerResolver,
  BalanceResolver,
  BallotResolver,
  BatchResolver,
  ProductMeasureResolver,
  CustodyResolver,
  FsmaResolver,
  EventExportResolver,
  ItemReportResolver,
  RecallDrillResolver,
  RecallPreviewResolver,
  RecallResolver,
  TraceResolver,
  CaptureResolver,
  EventCapturedResolver,
  EventResolver,
  FindingRaisedResolver,
  AuditRuleSettingResolver,
  FindingResolver,
  FindingSettingResolver,
  DriftResolver,
  TrackRecordResolver,
  BacktestResolver,
  ForecastResolver,
  ShardProgressResolver,
  WhatIfResolver,
  IndexStatusResolver,
  JobResolver,
  DeadDeliveryResolver,
  ItemResolver,
  LeadTimeResolver,
  MasterDataResolver,
  ModelActivatedResolver,
  ModelChangeResolver,
  ModelDiffResolver,
  ShadowComparisonResolver,
  ShadowResolver,
  ModelFamilyResolver,
  ModelParameterResolver,
  ModelVersionResolver,
  PartnerResolver,
  ProfileResolver,
  ProofResolver,
  ProposalChangedResolver,
  ProposalResolver,
  SeriesResolver,
  SharingResolver,
  AnomalyTalkResolver,
  TextLabelsResolver,
  TextResolver,
  TopicResolver,
  VoteResolver,
];
