import { Grace } from '../engine/grace.js';
import { isBirth } from '../engine/life.js';
import { CLEAN, type History, type RuleContext, type Verdict } from '../engine/rule.js';
import { item, place, step, when } from '../engine/words.js';

const parameters = {
  /** Time in which the commissioning of something seen may still arrive. */
  graceHours: 96,
};

/** R1: an item, lot or logistic unit is seen and nobody ever commissioned, made or packed it. */
export const notCommissioned = {
  id: 'R1',
  title: 'Not commissioned first',
  severity: 'HIGH',
  hard: true,
  scope: 'ITEM_OR_LOT',
  parameters,
  judge,
} as const;

function judge({ uri, mentions }: History, { graceHours }: typeof parameters, context: RuleContext): Verdict {
  const [first] = mentions;
  if (!first || mentions.some(isBirth)) return CLEAN;
  const { fact } = mentions.reduce((a, b) => (b.fact.recorded < a.fact.recorded ? b : a));
  const grace = new Grace(graceHours, context.now);
  if (!grace.isOver(fact)) return grace.verdict([]);
  const explanation =
    `The ${item(uri)} was first seen at ${step(first.fact.bizStep)} in ` +
    `${place(first.fact.site, context.reference)} on ${when(first.fact.time)}, and no event commissions it.`;
  const evidence = mentions.slice(0, 3).map((mention) => mention.fact.id);
  return { violations: [{ key: '', evidence, at: first.fact.time, explanation }] };
}
