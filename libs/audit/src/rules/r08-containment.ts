import { Grace } from '../engine/grace.js';
import { containmentOf } from '../engine/containment.js';
import { CLEAN, type History, type RuleContext, type Verdict } from '../engine/rule.js';
import { item, place, step, when } from '../engine/words.js';

const parameters = {
  /** Time in which a missing record may still arrive. */
  graceHours: 96,
};

/** R8: an item is in two units at once, comes out of a unit it is not in, or is handled away from the unit it is in. */
export const containmentBroken = {
  id: 'R8',
  title: 'Containment broken',
  severity: 'HIGH',
  hard: true,
  scope: 'ITEM',
  parameters,
  judge,
} as const;

function judge({ uri, mentions }: History, { graceHours }: typeof parameters, context: RuleContext): Verdict {
  const [breach] = containmentOf(mentions, context.mentionsOf);
  if (!breach) return CLEAN;
  const grace = new Grace(graceHours, context.now);
  if (!grace.isOver(breach.fact)) return grace.verdict([]);
  const { fact, since, parent, kind } = breach;
  const where = place(fact.site, context.reference);
  const contained = parent === undefined ? '' : item(parent);
  const explanation = {
    'in two units': `The ${item(uri)} was packed into ${item(fact.parent ?? '')} in ${where} on ${when(fact.time)} while it was still in ${contained}.`,
    'not in it': `The ${item(uri)} was taken out of ${item(fact.parent ?? '')} in ${where} on ${when(fact.time)}, but it was ${contained ? `in ${contained}` : 'in no unit'}.`,
    apart: `The ${item(uri)} was handled at ${step(fact.bizStep)} in ${where} on ${when(fact.time)} while it was still packed in ${contained}.`,
  }[kind];
  const evidence = since ? [fact.id, since.id] : [fact.id];
  return { violations: [{ key: '', evidence, at: fact.time, explanation }] };
}
