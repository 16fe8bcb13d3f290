import { CLEAN, type RuleContext, type Verdict, type Witnessed } from '../engine/rule.js';
import { HOUR_MS, span, step, when } from '../engine/words.js';

const parameters = {
  /** Time from record in which an event must be on chain. */
  anchorWithinHours: 24,
};

/** R16: an event is not on chain in time, or what is kept is not what was anchored. */
export const evidenceGap = {
  id: 'R16',
  title: 'Evidence gap',
  severity: 'CRITICAL',
  hard: true,
  scope: 'EVENT',
  parameters,
  judge,
} as const;

function judge(
  { fact, proof }: Witnessed,
  { anchorWithinHours }: typeof parameters,
  { now }: RuleContext,
): Verdict {
  const due = fact.recorded + anchorWithinHours * HOUR_MS;
  const said = (): string => `The event at ${step(fact.bizStep)} of ${when(fact.time)}`;
  const found = (key: string, explanation: string): Verdict => ({
    violations: [{ key, evidence: [fact.id], at: fact.recorded, explanation }],
  });
  if (!proof) {
    if (now < due) return { violations: [], recheckAt: due };
    return found(
      'unanchored',
      `${said()} was not on chain by ${when(due)}, ${anchorWithinHours} h after it was recorded.`,
    );
  }
  if (!proof.hashMatches)
    return found('altered', `${said()} is not as it was anchored: its content has another SHA-256.`);
  if (!proof.rootMatches)
    return found('root', `${said()} lies in a batch whose root does not come out of its leaves.`);
  if (proof.anchoredAt <= due) return CLEAN;
  return found(
    'late',
    `${said()} was anchored ${span(proof.anchoredAt - fact.recorded)} after it was recorded; ${anchorWithinHours} h are allowed.`,
  );
}
