import type { ActiveFinding } from '../engine/finding-register.js';
import { RULE_IDS, type RuleId } from '../engine/rule.js';

/** A fault that is known to be in the events. */
export interface KnownFault {
  readonly rule: RuleId;
  readonly kind: string;
  /** Identities (eventIDs) of the events that show it. */
  readonly eventIds: readonly string[];
  /** Unix milliseconds from which it can be seen. */
  readonly shownBy: number;
  /** Rules that the same deed breaks as well. */
  readonly also: readonly RuleId[];
}

/** How one rule did. */
export interface RuleScore {
  readonly rule: RuleId;
  /** Faults that could be seen by the end. */
  readonly faults: number;
  readonly found: number;
  readonly findings: number;
  readonly falseAlarms: number;
  /** Share of findings that point at a fault; null without findings. */
  readonly precision: number | null;
  /** Share of faults that a finding points at; null without faults. */
  readonly recall: number | null;
}

/** Scores of all rules, with what was missed and what was wrong. */
export interface Scores {
  readonly rules: readonly RuleScore[];
  readonly missed: readonly KnownFault[];
  readonly falseAlarms: readonly ActiveFinding[];
}

/**
 * Compares findings with the truth. A finding points at a fault when both name an event as evidence and the fault was
 * planted for the finding's rule, or breaks it as well; a fault is found when a finding of its own rule points at it.
 * Faults whose evidence was not complete at `now` count neither way.
 *
 * @param identityOf the identity of an event by its id
 */
export function score(
  findings: Iterable<ActiveFinding>,
  faults: readonly KnownFault[],
  now: number,
  identityOf: (eventId: string) => string,
): Scores {
  const byEvent = new Map<string, KnownFault[]>();
  for (const fault of faults)
    for (const id of fault.eventIds) byEvent.set(id, [...(byEvent.get(id) ?? []), fault]);
  const found = new Set<KnownFault>();
  const tally = new Map(RULE_IDS.map((rule) => [rule, { findings: 0, falseAlarms: 0 }]));
  const falseAlarms: ActiveFinding[] = [];
  for (const finding of findings) {
    const row = tally.get(finding.rule)!;
    row.findings += 1;
    const near = finding.evidence.flatMap((id) => byEvent.get(identityOf(id)) ?? []);
    for (const fault of near) if (fault.rule === finding.rule) found.add(fault);
    if (near.some(({ rule, also }) => rule === finding.rule || also.includes(finding.rule))) continue;
    row.falseAlarms += 1;
    falseAlarms.push(finding);
  }
  const due = faults.filter(({ shownBy }) => shownBy <= now);
  return {
    rules: RULE_IDS.map((rule) =>
      scoreOf(
        rule,
        due.filter((fault) => fault.rule === rule),
        found,
        tally.get(rule)!,
      ),
    ),
    missed: due.filter((fault) => !found.has(fault)),
    falseAlarms,
  };
}

function scoreOf(
  rule: RuleId,
  faults: readonly KnownFault[],
  found: ReadonlySet<KnownFault>,
  { findings, falseAlarms }: { readonly findings: number; readonly falseAlarms: number },
): RuleScore {
  const hits = faults.filter((fault) => found.has(fault)).length;
  return {
    ...{ rule, faults: faults.length, found: hits, findings, falseAlarms },
    precision: findings === 0 ? null : (findings - falseAlarms) / findings,
    recall: faults.length === 0 ? null : hits / faults.length,
  };
}
