/** What the pages read from the GraphQL schema; the documents beside select exactly these fields. */
export type Hex = `0x${string}`;
export type EventStatus = 'PENDING' | 'SEALED' | 'ANCHORED' | 'FINAL';
export type ProposalState =
  | 'PENDING'
  | 'ACTIVE'
  | 'CANCELED'
  | 'DEFEATED'
  | 'SUCCEEDED'
  | 'QUEUED'
  | 'EXECUTED'
  | 'EXPIRED';

export interface Connection<T> {
  edges: { node: T }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

export interface IndexStatus {
  chainId: number;
  blockNumber: string;
  blockHash: Hex;
  blockTime: string;
  headNumber: string;
  lagBlocks: number;
  lagSeconds: number;
  counts: {
    captured: number;
    anchored: number;
    pending: number;
    batches: number;
    forecasts: number;
    proposals: number;
  };
}

export interface ModelVersion {
  id: Hex;
  family: string;
  artifactSha256: Hex;
  reportSha256: Hex;
  dataRoot: Hex;
  dataBlock: string;
  uri: string;
  proposer: Hex;
  state: string;
  proposedBlock: string;
}

export interface ModelFamily {
  id: Hex;
  name: string;
  active: (ModelVersion & { proposal: ProposalLink | null }) | null;
  runtime: {
    runningVersionId: Hex | null;
    runningArtifactSha256: Hex | null;
    wantedVersionId: Hex | null;
    state: string;
    reason: string | null;
    since: string | null;
  } | null;
  versions: (ModelVersion & {
    proposal: ProposalLink | null;
    shadow: { state: string | null; scored: number } | null;
  })[];
}

export interface ProposalLink {
  id: string;
  title: string | null;
  description: string;
  state: ProposalState;
}

export interface ProposalRow extends ProposalLink {
  proposer: Hex;
  voteStart: string;
  voteEnd: string;
  eta: string | null;
  forVotes: string;
  againstVotes: string;
  abstainVotes: string;
  quorum: string;
}

export interface Vote {
  voter: Hex;
  support: number;
  weight: string;
  reducedBy: string;
  isOverride: boolean;
  reason: string | null;
  blockNumber: string;
  txHash: Hex;
  blockTime: string;
}

export interface Proposal extends ProposalRow {
  targets: Hex[];
  callValues: string[];
  calldatas: Hex[];
  descriptionHash: Hex;
  createdBlock: string;
  createdTx: Hex;
  executedTx: Hex | null;
  modelChange: { family: string; fromVersion: ModelVersion | null; toVersion: ModelVersion | null } | null;
}

export interface SeriesRow {
  id: string;
  measure: string;
  frequency: string;
  grain: string;
  product: string | null;
  site: string | null;
  destination: string | null;
  label: string;
}

/** A series in the list, with the newest run that forecast it. */
export interface SeriesListRow extends SeriesRow {
  latestForecast: { run: { asOf: string } } | null;
}

export interface Observation {
  periodStart: string;
  value: number;
  eventCount: number;
}

/** That stock ran out, as a partner said it; days are included. */
export interface StockOut {
  number: number;
  site: string | null;
  firstDay: string;
  lastDay: string;
  /** 0..1 */
  share: number;
  saidBy: string;
  saidAt: string;
}

export interface DecomposedPeriod {
  periodStart: string;
  observed: number;
  trend: number;
  season: number;
  remainder: number;
}

/** What a series is made of; the period that begins at `asOf` is not whole. */
export interface Decomposition {
  asOf: string;
  seasonLengths: number[];
  /** 0..1, as the other. */
  trendStrength: number;
  seasonStrength: number | null;
  periods: DecomposedPeriod[];
}

export interface ForecastRun {
  id: string;
  family: string;
  versionId: Hex;
  artifactSha256: Hex;
  proposalId: string | null;
  frequency: string;
  asOf: string;
  firstTarget: string;
  asOfBlock: string;
  root: Hex;
  count: number;
  createdAt: string;
  commitment: { blockNumber: string; txHash: Hex; blockTime: string } | null;
  score: {
    count: number;
    meanSmape: number | null;
    coverage80: number | null;
    relativeMase: number | null;
  } | null;
}

export interface ForecastPoint {
  step: number;
  targetStart: string;
  targetEnd: string;
  mean: number;
  quantiles: { level: number; value: number }[];
  method: string;
  fallbackReason: string | null;
  /** Stock ran out in the period, and the forecast gets no score. */
  isLeftOut: boolean;
  score: { actual: number; absError: number; inside80: boolean } | null;
}

export interface Forecast {
  /** Knew of stock-outs up to the number; null where none had been said. */
  run: ForecastRun & { stockOutsUpTo: number | null };
  points: ForecastPoint[];
}

export interface EventRow {
  id: string;
  eventHashId: string;
  type: string;
  action: string | null;
  eventTime: string;
  recordTime: string;
  bizStep: string | null;
  readPoint: string | null;
  bizLocation: string | null;
  partner: Hex;
  status: EventStatus;
}

export interface EventDetail extends EventRow {
  timeZoneOffset: string;
  disposition: string | null;
  body: unknown;
  items: { role: string; uri: string; quantity: number | null; uom: string | null }[];
  anchor: {
    root: Hex;
    seq: string;
    batchCount: number;
    blockNumber: string | null;
    txHash: Hex | null;
    blockTime: string | null;
  } | null;
  corrections: EventCorrection[];
  corrects: RelatedEvent[];
}

/** Another event, as far as a link to it says. */
export interface RelatedEvent {
  id: string;
  type: string;
  bizStep: string | null;
  eventTime: string;
}

export interface EventCorrection {
  declaredErroneousBy: string;
  reason: string | null;
  declarationTime: string;
  correctiveEventIds: string[];
  correctedBy: string[];
}

export interface EventProof {
  eventId: string;
  eventHashId: Hex;
  jcsSha256: Hex;
  disclosureRoot: Hex;
  submitter: Hex;
  recordTimeSeconds: string;
  leaf: Hex;
  leafIndex: number;
  path: Hex[];
  root: Hex;
  partner: Hex;
  seq: string;
  prevHead: Hex;
  head: Hex;
  schemaId: Hex;
  chainId: number;
  blockNumber: string;
  blockHash: Hex;
  txHash: Hex;
  logIndex: number;
}

export interface Partner {
  address: Hex;
  gln: string;
  name: string;
}

export interface FindingRow {
  id: string;
  rule: string;
  subject: string;
  happenedAt: string;
  severity: string;
  state: string;
  explanation: string;
  raisedAt: string;
  changedAt: string;
  assignee: string | null;
}

export interface AuditRule {
  id: string;
  title: string;
  hard: boolean;
  findings: number;
}

/** What a rule was set to in a version of the rule set. */
export interface RuleSetting {
  parameters: Record<string, number>;
  takenUpAt: string;
  versionId: Hex | null;
  proposalId: string | null;
}

/** Rules as the page of a finding reads them. */
export interface RuleWithSettings extends AuditRule {
  settings: (RuleSetting & { ruleSet: Hex })[];
}

export interface FindingDetail extends FindingRow {
  ruleSet: Hex;
  setting: (RuleSetting & { learnedEvents: number; learnedUntil: string | null }) | null;
  asOfBlock: string;
  comment: string | null;
  resolution: string | null;
  evidence: {
    id: string;
    type: string;
    bizStep: string | null;
    eventTime: string;
    readPoint: string | null;
    status: EventStatus;
  }[];
  history: {
    kind: string;
    asOfBlock: string;
    changedAt: string;
    actor: Hex | null;
    state: string;
    ruleSet: Hex;
    assignee: string | null;
    comment: string | null;
    resolution: string | null;
  }[];
}

/** Something that a version takes beside the values. */
export interface Covariate {
  name: string;
  kind: 'RELATIVE' | 'PLAIN' | 'CATEGORY';
  words: readonly string[];
  isHeard: boolean;
}

/** A version that can be asked what if. */
export interface WhatIfVersion {
  versionId: Hex;
  /** `PROPOSED` of a candidate. */
  state: string;
  isRunning: boolean;
  proposedTime: string;
  measure: string;
  frequency: string;
  covariates: Covariate[];
}

/** A series as planned and with changes. */
export interface WhatIf {
  /** `PROPOSED` of a candidate. */
  state: string;
  covariates: Covariate[];
  run: { asOf: string } | null;
  points: {
    step: number;
    targetStart: string;
    planned: { mean: number };
    changed: { mean: number };
    stored: { mean: number } | null;
  }[];
}
