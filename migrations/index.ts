import { CreateCapture1764000000000 } from './1764000000000-create-capture.js';
import { CreateAnchoring1764000001000 } from './1764000001000-create-anchoring.js';
import { CreateChainFacts1764000002000 } from './1764000002000-create-chain-facts.js';
import { CreateForecasting1764000003000 } from './1764000003000-create-forecasting.js';
import { CreateNamedQuery1764000004000 } from './1764000004000-create-named-query.js';
import { IndexEventQueries1764000004001 } from './1764000004001-index-event-queries.js';
import { CreateEventCorrection1764000005000 } from './1764000005000-create-event-correction.js';
import { CreatePartnerProfile1764000010000 } from './1764000010000-create-partner-profile.js';
import { KeepContext1764000011000 } from './1764000011000-keep-context.js';
import { CarryPayload1764000020000 } from './1764000020000-carry-payload.js';
import { RecordTransactions1764000021000 } from './1764000021000-record-transactions.js';
import { KeepRowHashes1764000030000 } from './1764000030000-keep-row-hashes.js';
import { FollowFinality1764000040000 } from './1764000040000-follow-finality.js';
import { CreateFindings1764000050000 } from './1764000050000-create-findings.js';
import { CreateCustodyAndRecallFacts1764000060000 } from './1764000060000-create-custody-and-recall-facts.js';
import { CreateItemGraph1764000061000 } from './1764000061000-create-item-graph.js';
import { CreateRecall1764000062000 } from './1764000062000-create-recall.js';
import { CreateTextLabels1764000070000 } from './1764000070000-create-text-labels.js';
import { CreateTexts1764000080000 } from './1764000080000-create-texts.js';
import { CreateTextSearch1764000081000 } from './1764000081000-create-text-search.js';
import { CreateTextTopics1764000082000 } from './1764000082000-create-text-topics.js';
import { CreateWebhooks1764000090000 } from './1764000090000-create-webhooks.js';
import { CreateQuerySubscription1764000091000 } from './1764000091000-create-query-subscription.js';
import { KeepDocument1764000092000 } from './1764000092000-keep-document.js';
import { WithdrawForecasts1764000110000 } from './1764000110000-withdraw-forecasts.js';
import { AuditCustodyAndCauses1764000130000 } from './1764000130000-audit-custody-and-causes.js';
import { CreateAnomalies1764000140000 } from './1764000140000-create-anomalies.js';
import { CountOverrides1764000160000 } from './1764000160000-count-overrides.js';
import { CompareItemsByBytes1764000170000 } from './1764000170000-compare-items-by-bytes.js';
import { KeepMasterData1764000171000 } from './1764000171000-keep-master-data.js';
import { KeepPrefixes1764000172000 } from './1764000172000-keep-prefixes.js';
import { DrillRecalls1764000180000 } from './1764000180000-drill-recalls.js';
import { KeepRuleSettings1764000181000 } from './1764000181000-keep-rule-settings.js';
import { TellLifecycles1764000190000 } from './1764000190000-tell-lifecycles.js';
import { CreateBallot1764000191000 } from './1764000191000-create-ballot.js';
import { FollowNotices1764000192000 } from './1764000192000-follow-notices.js';
import { ShowHomeChain1764000200000 } from './1764000200000-show-home-chain.js';
import { ScopePartnerKeys1764000210000 } from './1764000210000-scope-partner-keys.js';
import { CreateSessions1764000211000 } from './1764000211000-create-sessions.js';
import { NameSenders1764000220000 } from './1764000220000-name-senders.js';
import { SharePartnerData1764000221000 } from './1764000221000-share-partner-data.js';
import { GuardPartnerData1764000222000 } from './1764000222000-guard-partner-data.js';
import { RecordStages1764000230000 } from './1764000230000-record-stages.js';
import { KeepTraces1764000240000 } from './1764000240000-keep-traces.js';
import { CreateHousekeeping1764000241000 } from './1764000241000-create-housekeeping.js';
import { CreatePasskeys1764000250000 } from './1764000250000-create-passkeys.js';
import { RunInShadow1764000255000 } from './1764000255000-run-in-shadow.js';
import { SumUpSeries1764000270000 } from './1764000270000-sum-up-series.js';
import { WatchDrift1764000271000 } from './1764000271000-watch-drift.js';
import { KeepLeadTimes1764000272000 } from './1764000272000-keep-lead-times.js';
import { FollowOwnHandOvers1764000273000 } from './1764000273000-follow-own-hand-overs.js';
import { NoteEachReading1764000274000 } from './1764000274000-note-each-reading.js';
import { KeepTopicSpaces1764000280000 } from './1764000280000-keep-topic-spaces.js';
import { PartitionForecasts1764000283000 } from './1764000283000-partition-forecasts.js';
import { ForecastInShards1764000284000 } from './1764000284000-forecast-in-shards.js';
import { RememberWhatSeriesHold1764000290000 } from './1764000290000-remember-what-series-hold.js';
import { IndexLastBatches1764000300000 } from './1764000300000-index-last-batches.js';
import { IndexReadingsByReader1764000310000 } from './1764000310000-index-readings-by-reader.js';
import { JudgeWideGrantsByRow1764000311000 } from './1764000311000-judge-wide-grants-by-row.js';
import { WatchReadings1764000320000 } from './1764000320000-watch-readings.js';
import { ScanInSlices1764000321000 } from './1764000321000-scan-in-slices.js';
import { KeepBaselines1764000322000 } from './1764000322000-keep-baselines.js';
import { KeepCovariates1764000340000 } from './1764000340000-keep-covariates.js';
import { TellValuesFromPlans1764000341000 } from './1764000341000-tell-values-from-plans.js';
import { NoteStepOfStreams1764000350000 } from './1764000350000-note-step-of-streams.js';
import { TellStockOuts1764000353000 } from './1764000353000-tell-stock-outs.js';
import { TellShardsCovariates1764000355000 } from './1764000355000-tell-shards-covariates.js';
import { KeepSumsWithoutNewParts1764000355100 } from './1764000355100-keep-sums-without-new-parts.js';
import { WatchEvents1764000357000 } from './1764000357000-watch-events.js';
import { ShadowInShards1764000370000 } from './1764000370000-shadow-in-shards.js';
import { NameLeadTimeVersion1764000400000 } from './1764000400000-name-lead-time-version.js';

/** Every migration, oldest first. A new one is appended here. */
export const migrations = [
  CreateCapture1764000000000,
  CreateAnchoring1764000001000,
  CreateChainFacts1764000002000,
  CreateForecasting1764000003000,
  CreateNamedQuery1764000004000,
  IndexEventQueries1764000004001,
  CreateEventCorrection1764000005000,
  CreatePartnerProfile1764000010000,
  KeepContext1764000011000,
  CarryPayload1764000020000,
  RecordTransactions1764000021000,
  KeepRowHashes1764000030000,
  FollowFinality1764000040000,
  CreateFindings1764000050000,
  CreateCustodyAndRecallFacts1764000060000,
  CreateItemGraph1764000061000,
  CreateRecall1764000062000,
  CreateTextLabels1764000070000,
  CreateTexts1764000080000,
  CreateTextSearch1764000081000,
  CreateTextTopics1764000082000,
  CreateWebhooks1764000090000,
  CreateQuerySubscription1764000091000,
  KeepDocument1764000092000,
  WithdrawForecasts1764000110000,
  AuditCustodyAndCauses1764000130000,
  CreateAnomalies1764000140000,
  CountOverrides1764000160000,
  CompareItemsByBytes1764000170000,
  KeepMasterData1764000171000,
  KeepPrefixes1764000172000,
  DrillRecalls1764000180000,
  KeepRuleSettings1764000181000,
  TellLifecycles1764000190000,
  CreateBallot1764000191000,
  FollowNotices1764000192000,
  ShowHomeChain1764000200000,
  ScopePartnerKeys1764000210000,
  CreateSessions1764000211000,
  NameSenders1764000220000,
  SharePartnerData1764000221000,
  GuardPartnerData1764000222000,
  RecordStages1764000230000,
  KeepTraces1764000240000,
  CreateHousekeeping1764000241000,
  CreatePasskeys1764000250000,
  RunInShadow1764000255000,
  SumUpSeries1764000270000,
  WatchDrift1764000271000,
  KeepLeadTimes1764000272000,
  FollowOwnHandOvers1764000273000,
  NoteEachReading1764000274000,
  KeepTopicSpaces1764000280000,
  PartitionForecasts1764000283000,
  ForecastInShards1764000284000,
  RememberWhatSeriesHold1764000290000,
  IndexLastBatches1764000300000,
  IndexReadingsByReader1764000310000,
  JudgeWideGrantsByRow1764000311000,
  WatchReadings1764000320000,
  ScanInSlices1764000321000,
  KeepBaselines1764000322000,
  KeepCovariates1764000340000,
  TellValuesFromPlans1764000341000,
  NoteStepOfStreams1764000350000,
  TellStockOuts1764000353000,
  TellShardsCovariates1764000355000,
  KeepSumsWithoutNewParts1764000355100,
  WatchEvents1764000357000,
  ShadowInShards1764000370000,
  NameLeadTimeVersion1764000400000,
];
