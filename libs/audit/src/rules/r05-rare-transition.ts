import { Grace } from '../engine/grace.js';
import { movesOf, type Move } from '../engine/moves.js';
import { CLEAN, type History, type RuleContext, type Verdict, type Violation } from '../engine/rule.js';
import { item, place, round, step } from '../engine/words.js';

const parameters = {
  /** A transition is rare when, with the confidence below, it follows its state less often than this. */
  maxProbability: 0.015,
  /** Standard deviations of the upper Wilson bound. */
  confidenceZ: 1.64,
  /** Time in which a missing record may still arrive. */
  graceHours: 96,
};

/** R5: an item goes from one state to another in a way that history hardly knows. */
export const rareTransition = {
  id: 'R5',
  title: 'Rare transition',
  severity: 'MEDIUM',
  hard: false,
  scope: 'ITEM',
  parameters,
  judge,
} as const;

function judge({ uri, mentions }: History, limits: typeof parameters, context: RuleContext): Verdict {
  if (context.learned.events === 0) return CLEAN;
  const grace = new Grace(limits.graceHours, context.now);
  for (const move of movesOf(uri, mentions, context.reference)) {
    const violation = judgeMove(uri, move, limits, context);
    if (violation && grace.isOver(move.after)) return grace.verdict([violation]);
  }
  return grace.verdict([]);
}

function judgeMove(
  uri: string,
  { before, after, from, to }: Move,
  limits: typeof parameters,
  { learned, reference }: RuleContext,
): Violation | undefined {
  const counts = learned.transitions[from];
  if (!counts) return undefined;
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const times = counts[to] ?? 0;
  if (upperBound(times, total, limits.confidenceZ) >= limits.maxProbability) return undefined;
  const explanation =
    `The ${item(uri)} went from ${step(before.bizStep)} in ${place(before.site, reference)} to ` +
    `${step(after.bizStep)} in ${place(after.site, reference)}: ${times} of ${total} loads of such items did so before, ` +
    `below the threshold of ${round(limits.maxProbability * 100)} %.`;
  return { key: '', evidence: [after.id, before.id], at: after.time, explanation };
}

/** Upper Wilson bound of a share (Wilson 1927): where the true share lies below with the confidence of z. */
export function upperBound(times: number, total: number, z: number): number {
  if (total === 0) return 1;
  const share = times / total;
  const centre = share + (z * z) / (2 * total);
  const width = z * Math.sqrt((share * (1 - share)) / total + (z * z) / (4 * total * total));
  return (centre + width) / (1 + (z * z) / total);
}
