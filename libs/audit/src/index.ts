export { AuditError, type AuditErrorCode } from './audit.errors.js';
export { AuditModule } from './audit.module.js';
export { cbvWord, factOf, type Amount, type Arrival, type Fact, type Role } from './engine/fact.js';
export type { Reading } from './engine/readings.js';
export * from './custody/index.js';
export * from './mass-balance/index.js';
export * from './recall/index.js';
export * from './reports/index.js';
export * from './trace/index.js';
export { AuditEngine, type AuditedArrival } from './engine/audit-engine.js';
export type { ActiveFinding, FindingChange } from './engine/finding-register.js';
export type { Stopwatch } from './engine/judge.js';
export { learn, type Lesson } from './engine/learn.js';
export { NOTHING_LEARNED, type Dwell, type Learned } from './engine/learned.js';
export { NO_REFERENCE, type Position, type Reference, type SiteFacts } from './engine/reference.js';
export { RULE_IDS, type EventProof, type RuleId, type Severity } from './engine/rule.js';
export {
  defaultRuleSet,
  readRuleSet,
  RULE_SET_FAMILY,
  RULE_SET_FORMAT,
  RuleSet,
  type RuleSetting,
} from './engine/rule-set.js';
export {
  replay,
  type Replay,
  type ReplayedEvent,
  type ReplayOptions,
  type UnitStatement,
} from './evaluation/replay.js';
export type { CustodyStatement } from './engine/custody.js';
export { auditInFull, type FullAuditOptions, type FullAuditOutcome } from './evaluation/full-audit.js';
export { score, type KnownFault, type RuleScore, type Scores } from './evaluation/score.js';
export { RULES } from './rules/index.js';
export { CustodyStatementReader } from './custody/custody-statement.reader.js';
export { AuditReferenceReader } from './findings/audit-reference.reader.js';
export { AuditRunService, type AuditRun } from './findings/audit-run.service.js';
export { AuditedEventReader } from './findings/audited-event.reader.js';
export { FindingStore } from './findings/finding-store.service.js';
export { LearnFromStore } from './findings/learn-from-store.service.js';
export { FindingReader } from './findings/finding.reader.js';
export { RuleSettingReader, type RuleSettingRow } from './findings/rule-setting.reader.js';
export {
  FINDING_STATES,
  historyAsOf,
  type FindingFilter,
  type FindingHistoryRow,
  type FindingJudgement,
  type FindingRow,
  type FindingState,
} from './findings/finding.rows.js';
export { lineFindings, type DeliveryLine, type LineFinding } from './evaluation/delivery-lines.js';
