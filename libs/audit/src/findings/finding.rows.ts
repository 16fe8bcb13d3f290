import type { RuleId, Severity } from '../engine/rule.js';
import type { AsOf } from '../trace/as-of.js';

/** Where people are with a finding. WITHDRAWN: later events took the ground away. */
export type FindingState = 'OPEN' | 'IN_REVIEW' | 'RESOLVED' | 'DISMISSED' | 'WITHDRAWN';

export const FINDING_STATES = ['OPEN', 'IN_REVIEW', 'RESOLVED', 'DISMISSED', 'WITHDRAWN'] as const;

/** What happened to a finding: JUDGED by a person, all else by the rules. */
export type FindingChangeKind = 'RAISED' | 'CHANGED' | 'WITHDRAWN' | 'REOPENED' | 'JUDGED';

/** A finding as it stands, or as it stood at a block. */
export interface FindingRow {
  readonly id: string;
  readonly rule: RuleId;
  /** Digital Link of the item, lot or unit; `event <id>`, `correction <identity>`, `load <link>`, `place <link>` elsewhere. */
  readonly subject: string;
  readonly violationKey: string;
  readonly happenedAt: Date;
  readonly severity: Severity;
  readonly state: FindingState;
  /** Ids of the events that show it, the most telling first. */
  readonly evidence: readonly string[];
  readonly explanation: string;
  /** SHA-256 of the rule set that found it last. */
  readonly ruleSet: string;
  /** Last indexed block when this was found or judged. */
  readonly asOfBlock: string;
  readonly raisedAt: Date;
  readonly changedAt: Date;
  readonly assignee: string | null;
  readonly comment: string | null;
  readonly resolution: string | null;
}

/** One entry of the history of a finding. */
export interface FindingHistoryRow {
  readonly findingId: string;
  readonly kind: FindingChangeKind;
  readonly asOfBlock: string;
  readonly changedAt: Date;
  /** Address of the partner who judged; null where a rule did. */
  readonly actor: string | null;
  readonly state: FindingState;
  readonly explanation: string;
  readonly ruleSet: string;
  readonly assignee: string | null;
  readonly comment: string | null;
  readonly resolution: string | null;
}

/** Of a history what was known by then. */
export function historyAsOf(rows: readonly FindingHistoryRow[], asOf: AsOf): readonly FindingHistoryRow[] {
  if (asOf.kind === 'NOW') return rows;
  return rows.filter(({ asOfBlock, changedAt }) =>
    asOf.kind === 'BLOCK' ? BigInt(asOfBlock) <= asOf.block : changedAt <= asOf.time,
  );
}

/** Which findings are wanted; every given field must match. Without a state those that are not withdrawn. */
export interface FindingFilter {
  readonly rule?: string | null;
  readonly state?: FindingState | null;
  readonly severity?: Severity | null;
  /** Item, lot or unit, in any form that EPCIS allows. */
  readonly subject?: string | null;
  /** Id of an event that is evidence. */
  readonly event?: string | null;
}

/** What a person decides about a finding; what is left out stays. */
export interface FindingJudgement {
  readonly state?: Exclude<FindingState, 'WITHDRAWN'> | null;
  readonly assignee?: string | null;
  readonly comment?: string | null;
  readonly resolution?: string | null;
}
