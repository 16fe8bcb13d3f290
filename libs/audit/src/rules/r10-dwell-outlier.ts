import { staysOf } from '../engine/moves.js';
import { CLEAN, type History, type RuleContext, type Verdict } from '../engine/rule.js';
import { HOUR_MS, item, place, span } from '../engine/words.js';

const parameters = {
  /** Robust standard deviations above the usual logarithm of the time. */
  maxDeviations: 6,
  /** Never narrower than this, so that a very regular place does not turn minutes into findings. */
  minSpread: 0.25,
  /** Stays that must have been seen before anything is unusual. */
  minStays: 30,
  /** Shorter stays are never outliers: a port may be closed for a week. */
  minHours: 192,
};

/** R10: an item stays at a place far longer than such items do. */
export const dwellOutlier = {
  id: 'R10',
  title: 'Dwell outlier',
  severity: 'LOW',
  hard: false,
  scope: 'ITEM',
  parameters,
  judge,
} as const;

function judge({ uri, mentions }: History, limits: typeof parameters, context: RuleContext): Verdict {
  for (const { first, last, key } of staysOf(uri, mentions, context.reference)) {
    const hours = (last.time - first.time) / HOUR_MS;
    const usual = context.learned.dwell[key];
    if (!usual || usual.count < limits.minStays || hours < limits.minHours) continue;
    const threshold = Math.exp(
      usual.median + limits.maxDeviations * Math.max(usual.spread, limits.minSpread),
    );
    if (hours <= threshold) continue;
    const explanation =
      `The ${item(uri)} stayed ${span(hours * HOUR_MS)} in ${place(first.site, context.reference)} (${key}); ` +
      `${span(Math.exp(usual.median) * HOUR_MS)} is usual by ${usual.count} stays, and more than ` +
      `${span(threshold * HOUR_MS)} is an outlier.`;
    return { violations: [{ key: '', evidence: [last.id, first.id], at: last.time, explanation }] };
  }
  return CLEAN;
}
