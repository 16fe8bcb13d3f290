import type { ActiveFinding } from './finding-register.js';
import type { Cause, RuleId, Violation } from './rule.js';

/** Events that a finding of many subjects names: one of each of the first so many. */
export const MOST_SHOWN = 8;

/** One subject of a finding that has many. */
export interface CauseMember {
  readonly subject: string;
  readonly at: number;
  readonly evidence: readonly string[];
  readonly explanation: string;
}

/** The one finding about everything that one cause did. @param shown the earliest of `count` members, at most {@link MOST_SHOWN} */
export function findingOfCause(
  rule: RuleId,
  { subject, key, many }: Cause,
  shown: readonly CauseMember[],
  count: number,
): ActiveFinding {
  const [first] = shown;
  const explanation =
    count === 1
      ? (first?.explanation ?? '')
      : `${many.replace('{count}', String(count))} The first: ${first?.explanation ?? ''}`;
  const evidence = [...new Set(shown.flatMap((member) => member.evidence.slice(0, 1)))];
  return { rule, subject, key, evidence, at: first?.at ?? 0, explanation };
}

/** Order of members: by time, then by subject, so that it does not matter in which order they were found. */
export function byTimeAndSubject(a: CauseMember, b: CauseMember): number {
  return a.at - b.at || (a.subject < b.subject ? -1 : 1);
}

interface Group {
  readonly rule: RuleId;
  readonly cause: Cause;
  readonly members: Map<string, Violation>;
}

/** Violations that have a cause in common, in memory. */
export class CauseRegister {
  private readonly groups = new Map<string, Group>();
  private readonly ofSubject = new Map<string, string[]>();

  public knows(subject: string): boolean {
    return this.ofSubject.has(subject);
  }

  /** Replaces what was found on a subject. @returns groups that are new, and those that are gone */
  public settle(
    subject: string,
    found: readonly { readonly rule: RuleId; readonly violation: Violation }[],
  ): { readonly raised: ActiveFinding[]; readonly withdrawn: ActiveFinding[] } {
    const before = (this.ofSubject.get(subject) ?? []).flatMap((key) => this.groups.get(key) ?? []);
    const last = new Map(
      before.filter(({ members }) => members.size === 1).map((group) => [group, finding(group)]),
    );
    for (const { members } of before) members.delete(subject);
    const keys: string[] = [];
    const fresh: Group[] = [];
    for (const { rule, violation } of found) {
      const { cause } = violation;
      if (!cause) continue;
      const key = `${rule} ${cause.subject} ${cause.key}`;
      const group = this.groups.get(key) ?? { rule, cause, members: new Map<string, Violation>() };
      if (!this.groups.has(key)) fresh.push(group);
      this.groups.set(key, group);
      group.members.set(subject, violation);
      keys.push(key);
    }
    if (keys.length === 0) this.ofSubject.delete(subject);
    else this.ofSubject.set(subject, keys);
    const withdrawn = [...last].flatMap(([group, was]) => (group.members.size === 0 ? [was] : []));
    for (const { rule, subject: of, key } of withdrawn) this.groups.delete(`${rule} ${of} ${key}`);
    return { raised: fresh.map(finding), withdrawn };
  }

  public *all(): Generator<ActiveFinding> {
    for (const group of this.groups.values()) yield finding(group);
  }
}

function finding({ rule, cause, members }: Group): ActiveFinding {
  const all = [...members].map(([subject, { at, evidence, explanation }]) => ({
    subject,
    at,
    evidence,
    explanation,
  }));
  return findingOfCause(rule, cause, all.sort(byTimeAndSubject).slice(0, MOST_SHOWN), members.size);
}
