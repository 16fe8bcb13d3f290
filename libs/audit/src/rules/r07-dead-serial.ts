import { isDeath } from '../engine/life.js';
import { CLEAN, type History, type RuleContext, type Verdict } from '../engine/rule.js';
import { item, place, step, when } from '../engine/words.js';

const parameters = {
  /** Clocks of two readers may be this far apart. */
  toleranceMinutes: 30,
};

/** R7: an item that was destroyed, decommissioned or used up is seen again. */
export const deadSerial = {
  id: 'R7',
  title: 'Dead serial returns',
  severity: 'CRITICAL',
  hard: true,
  scope: 'ITEM',
  parameters,
  judge,
} as const;

function judge({ uri, mentions }: History, limits: typeof parameters, context: RuleContext): Verdict {
  const death = mentions.find(isDeath);
  if (!death) return CLEAN;
  const dead = death.fact.time + limits.toleranceMinutes * 60_000;
  const again = mentions.find(({ fact }) => fact.id !== death.fact.id && fact.time > dead);
  if (!again) return CLEAN;
  const explanation =
    `The ${item(uri)} ended at ${step(death.fact.bizStep)} in ${place(death.fact.site, context.reference)} on ` +
    `${when(death.fact.time)} and was seen again at ${step(again.fact.bizStep)} in ` +
    `${place(again.fact.site, context.reference)} on ${when(again.fact.time)}.`;
  return {
    violations: [{ key: '', evidence: [again.fact.id, death.fact.id], at: again.fact.time, explanation }],
  };
}
