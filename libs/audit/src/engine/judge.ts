import { isLot } from './subjects.js';
import type { RuleSet } from './rule-set.js';
import type { Corrected, History, RuleContext, RuleId, Scope, Verdict, Witnessed } from './rule.js';

/** What one rule says of one subject. */
export interface Judgement {
  readonly rule: RuleId;
  readonly verdict: Verdict;
}

/** Measures how long a rule takes; both in milliseconds. */
export interface Stopwatch {
  readonly now: () => number;
  readonly spent: (rule: RuleId, ms: number) => void;
}

/** The first time at which time alone may change what was judged. */
export function earliestRecheck(judgements: readonly Judgement[]): number | undefined {
  let at: number | undefined;
  for (const { verdict } of judgements)
    if (verdict.recheckAt !== undefined && (at === undefined || verdict.recheckAt < at))
      at = verdict.recheckAt;
  return at;
}

/** Rules about the proof of an event, whatever it says. */
export const PROOF_RULES: readonly RuleId[] = ['R16'];

type JudgeAny = (subject: unknown, parameters: unknown, context: RuleContext) => Verdict;

/** A rule, or the part of it that looks at one kind of subject. */
interface Part {
  readonly id: RuleId;
  readonly judge: JudgeAny;
}

/** Judges subjects by the rules of one rule set. */
export class Judge {
  private readonly byScope: Readonly<Record<Scope, readonly Part[]>>;

  public constructor(
    private readonly ruleSet: RuleSet,
    private readonly stopwatch?: Stopwatch,
  ) {
    const rules = ruleSet.rules.map(({ rule }) => rule);
    const of = (scope: Scope): Part[] =>
      // The scope of the rule is the scope of the subject, which the compiler cannot follow through the table.
      rules.flatMap(({ id, scope: own, judge }) => (own === scope ? [{ id, judge: judge as JudgeAny }] : []));
    const ofItems = rules.flatMap(({ id, judgeItem }) =>
      judgeItem ? [{ id, judge: judgeItem as JudgeAny }] : [],
    );
    this.byScope = {
      ITEM: [...of('ITEM'), ...of('ITEM_OR_LOT'), ...ofItems],
      LOT: [...of('LOT'), ...of('ITEM_OR_LOT')],
      ITEM_OR_LOT: [],
      EVENT: of('EVENT'),
      CORRECTION: of('CORRECTION'),
      LOAD: of('LOAD'),
    };
  }

  /** Rules for the life of an item or lot. */
  public history(history: History, context: RuleContext): Judgement[] {
    return this.all(isLot(history.uri) ? 'LOT' : 'ITEM', history, context);
  }

  public event(witnessed: Witnessed, context: RuleContext): Judgement[] {
    return this.all('EVENT', witnessed, context, witnessed.onlyProof ? PROOF_RULES : undefined);
  }

  public correction(corrected: Corrected, context: RuleContext): Judgement[] {
    return this.all('CORRECTION', corrected, context);
  }

  public load(history: History, context: RuleContext): Judgement[] {
    return this.all('LOAD', history, context);
  }

  private all(
    scope: Scope,
    subject: History | Witnessed | Corrected,
    context: RuleContext,
    only?: readonly RuleId[],
  ): Judgement[] {
    const rules = only ? this.byScope[scope].filter(({ id }) => only.includes(id)) : this.byScope[scope];
    return rules.map(({ id, judge }) => {
      const start = this.stopwatch?.now() ?? 0;
      const verdict = judge(subject, this.ruleSet.parametersOf(id), context);
      this.stopwatch?.spent(id, this.stopwatch.now() - start);
      return { rule: id, verdict };
    });
  }
}
