import type { EpcisEvent } from '@tallyhouse/epcis';
import type { CustodyStatement } from './custody.js';
import type { Fact, Role } from './fact.js';
import type { Learned } from './learned.js';
import type { Reference } from './reference.js';

/** The rules, in the order in which they are listed (docs/audit-rules.md). */
export const RULE_IDS = [
  'R1',
  'R2',
  'R3',
  'R4',
  'R5',
  'R6',
  'R7',
  'R8',
  'R9',
  'R10',
  'R11',
  'R12',
  'R13',
  'R14',
  'R15',
  'R16',
  'R17',
] as const;

export type RuleId = (typeof RULE_IDS)[number];

/** Rules whose findings make an item a bad neighbour (R15). */
export const FLAGGING_RULES: readonly RuleId[] = ['R1', 'R3', 'R4', 'R7', 'R8'];

/** How bad a finding is, worst first. */
export type Severity = 'CRITICAL' | 'HIGH' | 'MEDIUM' | 'LOW';

/** What a rule looks at: one item or lot over its life, one event, one corrected event, or one load with its contents. */
export type Scope = 'ITEM' | 'LOT' | 'ITEM_OR_LOT' | 'EVENT' | 'CORRECTION' | 'LOAD';

/** Numbers that a rule set may change. Units are in their names. */
export type Parameters = Readonly<Record<string, number>>;

/** An item or lot in an event, and the part it plays there. */
export interface Mention {
  readonly fact: Fact;
  readonly role: Role;
  readonly quantity: number | undefined;
  readonly uom: string | undefined;
}

/** Everything that is known of an item or lot, in the order of time. Events declared wrong are not in it. */
export interface History {
  readonly uri: string;
  readonly mentions: readonly Mention[];
}

/** An event with what is known of its proof. */
export interface Witnessed {
  readonly fact: Fact;
  readonly event: EpcisEvent;
  readonly proof: EventProof | undefined;
  /** It declares another event wrong, or was declared wrong: only its proof still matters. */
  readonly onlyProof: boolean;
}

/** What the chain and the store say of an event. */
export interface EventProof {
  /** Unix milliseconds of the block that holds its batch. */
  readonly anchoredAt: number;
  /** Whether the event as it is kept has the hash that was anchored. */
  readonly hashMatches: boolean;
  /** Whether its batch's root comes out of its leaves again. */
  readonly rootMatches: boolean;
}

/** An event and the declarations that it was wrong. */
export interface Corrected {
  readonly identity: string;
  readonly originals: readonly Fact[];
  readonly declarations: readonly Declaration[];
}

/** That an event was declared wrong; `correctives` are identities of the events that are right instead. */
export interface Declaration {
  readonly fact: Fact;
  readonly declaredAt: number;
  readonly reason: string | undefined;
  readonly correctives: readonly string[];
}

/** What many subjects break a rule by together: their violations are one finding with a count. */
export interface Cause {
  /** What the finding is about, for example `place <link>`. */
  readonly subject: string;
  readonly key: string;
  /** A sentence about all of them; `{count}` stands for their number. */
  readonly many: string;
}

/** A breach of a rule. One subject may breach a rule in several ways: `key` tells them apart. */
export interface Violation {
  readonly key: string;
  /** Ids of the events that show it, the most telling first. */
  readonly evidence: readonly string[];
  /** When it happened, Unix milliseconds. */
  readonly at: number;
  /** One sentence that a person can act on. */
  readonly explanation: string;
  readonly cause?: Cause;
}

/** What a rule says of a subject; `recheckAt` where time alone can change it. */
export interface Verdict {
  readonly violations: readonly Violation[];
  readonly recheckAt?: number;
}

/** What a rule may know beside its subject. */
export interface RuleContext {
  readonly now: number;
  readonly reference: Reference;
  readonly learned: Learned;
  /** The history of another item, empty if none is known. */
  readonly mentionsOf: (uri: string) => readonly Mention[];
  /** Evidence of the findings against an item by rules that look at single items, most telling first; empty if clean. */
  readonly flagsOf: (uri: string) => readonly string[];
  /** What the Custody contract said of a unit by now, in the order of the chain; empty for most. */
  readonly custodyOf: (uri: string) => readonly CustodyStatement[];
}

interface SubjectOf {
  readonly ITEM: History;
  readonly LOT: History;
  readonly ITEM_OR_LOT: History;
  readonly EVENT: Witnessed;
  readonly CORRECTION: Corrected;
  readonly LOAD: History;
}

/** A rule of one scope. It is pure: the same subject and context give the same verdict. */
export interface RuleOf<S extends Scope, P extends Parameters = Parameters> {
  readonly id: RuleId;
  readonly title: string;
  readonly severity: Severity;
  /** A hard rule finds nothing in a world without faults; the others weigh how unusual something is. */
  readonly hard: boolean;
  readonly scope: S;
  readonly parameters: P;
  /** Parameters that came later: a rule set voted before them lacks them, and what they bound is off under it. */
  readonly optional?: readonly string[];
  readonly judge: (subject: SubjectOf[S], parameters: P, context: RuleContext) => Verdict;
  /** What the rule says of an item as well, where its scope is another. */
  readonly judgeItem?: (subject: History, parameters: P, context: RuleContext) => Verdict;
}

/** A rule of any scope, its parameters as a rule set gives them. */
export type Rule = { [S in Scope]: RuleOf<S> }[Scope];

/** Nothing found, and nothing that time could change. */
export const CLEAN: Verdict = { violations: [] };
