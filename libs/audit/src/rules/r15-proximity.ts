import { CLEAN, type History, type RuleContext, type Verdict } from '../engine/rule.js';
import { item, place, round, when } from '../engine/words.js';

const parameters = {
  /** Chance below which so many flagged items in one load are no accident. */
  maxChance: 0.0005,
  /** One bad item makes no bad load. */
  minFlagged: 2,
  /** The share of flagged items in history counts as at least this. */
  minShare: 0.0005,
};

/** R15: a load holds so many flagged items that the rest of it is suspect too. */
export const proximity = {
  id: 'R15',
  title: 'Proximity to flagged items',
  severity: 'MEDIUM',
  hard: false,
  scope: 'LOAD',
  parameters,
  judge,
} as const;

function judge({ uri, mentions }: History, limits: typeof parameters, context: RuleContext): Verdict {
  if (context.learned.events === 0) return CLEAN;
  const packings = mentions.filter(({ fact, role }) => role === 'PARENT' && fact.action === 'ADD');
  const members = [...new Set(packings.flatMap(({ fact }) => fact.children))];
  const flagged = members.filter((member) => context.flagsOf(member).length > 0);
  const packing = packings.find(({ fact }) => fact.children.some((child) => flagged.includes(child)))?.fact;
  if (!packing || flagged.length < limits.minFlagged || flagged.length === members.length) return CLEAN;
  const share = Math.max(context.learned.flaggedShare, limits.minShare);
  const chance = binomialTail(flagged.length, members.length, share);
  if (chance > limits.maxChance) return CLEAN;
  const explanation =
    `In the ${item(uri)}, packed in ${place(packing.site, context.reference)} on ${when(packing.time)}, ` +
    `${flagged.length} of ${members.length} items have findings where ${round(share * 100)} % is usual ` +
    `(chance ${chance.toExponential(1)}, threshold ${limits.maxChance}), so the others are suspect too.`;
  const evidence = [
    ...new Set([packing.id, ...flagged.flatMap((member) => context.flagsOf(member).slice(0, 1))]),
  ];
  return { violations: [{ key: '', evidence, at: packing.time, explanation }] };
}

/**
 * Chance of `least` or more successes in `trials`, each with the given share.
 *
 * @example binomialTail(1, 2, 0.5) // 0.75
 */
export function binomialTail(least: number, trials: number, share: number): number {
  let term = (1 - share) ** trials;
  let below = 0;
  for (let successes = 0; successes < least; successes += 1) {
    below += term;
    term *= ((trials - successes) / (successes + 1)) * (share / (1 - share));
  }
  return Math.max(0, 1 - below);
}
