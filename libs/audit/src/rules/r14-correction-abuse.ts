import { CLEAN, type Corrected, type Verdict, type Violation } from '../engine/rule.js';
import { DAY_MS, span, step, when } from '../engine/words.js';

const parameters = {
  /** An honest mistake is seen within this time. */
  maxDaysAfterRecord: 14,
  /** A correction of a correction is one too many. */
  maxDeclarations: 1,
};

/** R14: an event is declared wrong long after it was recorded, or declared wrong again and again. */
export const correctionAbuse = {
  id: 'R14',
  title: 'Correction abuse',
  severity: 'HIGH',
  hard: true,
  scope: 'CORRECTION',
  parameters,
  judge,
} as const;

function judge({ identity, originals, declarations }: Corrected, limits: typeof parameters): Verdict {
  const [original] = originals;
  const own = declarations.filter(({ correctives }) => !correctives.includes(identity));
  const latest = own.at(-1);
  if (!original || !latest) return CLEAN;
  const violations: Violation[] = [];
  const delay = latest.declaredAt - original.recorded;
  if (delay > limits.maxDaysAfterRecord * DAY_MS) {
    const explanation =
      `The event at ${step(original.bizStep)} of ${when(original.time)} was declared wrong ${span(delay)} after it was ` +
      `recorded; ${limits.maxDaysAfterRecord} days are allowed.`;
    violations.push({
      key: 'late',
      evidence: [latest.fact.id, original.id],
      at: latest.declaredAt,
      explanation,
    });
  }
  if (declarations.length > limits.maxDeclarations) {
    const explanation =
      `The event at ${step(original.bizStep)} of ${when(original.time)} is itself a correction or was declared wrong ` +
      `before: ${declarations.length} declarations concern it, ${limits.maxDeclarations} is allowed.`;
    violations.push({
      key: 'repeated',
      evidence: [...declarations.map(({ fact }) => fact.id), original.id],
      at: latest.declaredAt,
      explanation,
    });
  }
  return { violations };
}
