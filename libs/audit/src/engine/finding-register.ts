import { CauseRegister } from './causes.js';
import type { Judgement } from './judge.js';
import type { RuleId, Violation } from './rule.js';

/** A violation that holds now. */
export interface ActiveFinding extends Violation {
  readonly rule: RuleId;
  /** What it is about: the item, lot, unit or event. */
  readonly subject: string;
}

/** What a batch of events changed. */
export interface FindingChange {
  readonly change: 'RAISED' | 'CHANGED' | 'WITHDRAWN';
  readonly finding: ActiveFinding;
}

/** The violations that hold now, by subject. */
export class FindingRegister {
  private readonly causes = new CauseRegister();
  private readonly bySubject = new Map<string, Map<string, ActiveFinding>>();

  /**
   * Replaces what the judged rules had found on a subject. Of violations with a common cause the first and the last are
   * told; how many there are, `all` says.
   */
  public settle(subject: string, judgements: readonly Judgement[]): readonly FindingChange[] {
    const known = this.bySubject.get(subject);
    if (!known && !this.causes.knows(subject) && !judgements.some(hasViolations)) return NOTHING;
    const changes = this.settleCauses(subject, judgements);
    const found = new Map<string, ActiveFinding>();
    for (const { rule, verdict } of judgements) {
      for (const violation of verdict.violations)
        if (!violation.cause) found.set(`${rule} ${violation.key}`, { ...violation, rule, subject });
    }
    for (const [key, finding] of found) {
      const before = known?.get(key);
      if (!before) changes.push({ change: 'RAISED', finding });
      else if (!sameWords(before, finding)) changes.push({ change: 'CHANGED', finding });
    }
    for (const [key, finding] of known ?? [])
      if (!found.has(key)) changes.push({ change: 'WITHDRAWN', finding });
    if (found.size === 0) this.bySubject.delete(subject);
    else this.bySubject.set(subject, found);
    return changes;
  }

  private settleCauses(subject: string, judgements: readonly Judgement[]): FindingChange[] {
    const found = judgements.flatMap(({ rule, verdict }) =>
      verdict.violations.map((violation) => ({ rule, violation })),
    );
    const { raised, withdrawn } = this.causes.settle(subject, found);
    return [
      ...raised.map((finding) => ({ change: 'RAISED' as const, finding })),
      ...withdrawn.map((finding) => ({ change: 'WITHDRAWN' as const, finding })),
    ];
  }

  /** Withdraws what rules other than `kept` found on a subject. */
  public keepOnly(subject: string, kept: readonly RuleId[]): readonly FindingChange[] {
    const known = this.of(subject);
    const judgements = known
      .filter(({ rule }) => kept.includes(rule))
      .map((finding) => ({ rule: finding.rule, verdict: { violations: [finding] } }));
    return this.settle(subject, judgements);
  }

  public of(subject: string): ActiveFinding[] {
    return [...(this.bySubject.get(subject)?.values() ?? [])];
  }

  public *all(): Generator<ActiveFinding> {
    for (const findings of this.bySubject.values()) yield* findings.values();
    yield* this.causes.all();
  }
}

const NOTHING: readonly FindingChange[] = [];

function hasViolations({ verdict }: Judgement): boolean {
  return verdict.violations.length > 0;
}

function sameWords(a: ActiveFinding, b: ActiveFinding): boolean {
  return a.explanation === b.explanation && a.evidence.join() === b.evidence.join();
}
