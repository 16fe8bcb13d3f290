import { Grace } from '../engine/grace.js';
import { legsOf, type Leg } from '../engine/legs.js';
import { isReceiving, isReturn } from '../engine/life.js';
import type { History, Mention, RuleContext, Verdict, Violation } from '../engine/rule.js';
import { DAY_MS, item, place, when } from '../engine/words.js';

const parameters = {
  /** Time from shipping in which the goods must be seen at their destination. */
  receiveWithinDays: 21,
  /** Time in which a missing record may still arrive. */
  graceHours: 96,
};

/** R2: what was shipped is not received where it was sent, or what was received was never shipped there. */
export const shipReceivePair = {
  id: 'R2',
  title: 'Shipped and not received, or received and not shipped',
  severity: 'HIGH',
  hard: true,
  scope: 'ITEM',
  parameters,
  judge,
} as const;

function judge(history: History, limits: typeof parameters, context: RuleContext): Verdict {
  const legs = legsOf(history.mentions);
  const violations: Violation[] = [];
  const grace = new Grace(limits.graceHours, context.now);
  for (const leg of legs) {
    const { seen, elsewhere, ship } = leg;
    if (seen) continue;
    if (elsewhere && grace.isOver(elsewhere.fact))
      violations.push(misdelivered(history, leg, elsewhere, context));
    const until = ship.fact.recorded + limits.receiveWithinDays * DAY_MS;
    if (!elsewhere && grace.hasPassed(until)) violations.push(lost(history, leg, limits, context));
  }
  for (const received of unannounced(history.mentions, legs))
    if (grace.isOver(received.fact)) violations.push(notShipped(history, received, context));
  return grace.verdict(violations);
}

/** Receipts at a place other than where the item was before, to which no shipping leads. */
function unannounced(mentions: readonly Mention[], legs: readonly Leg[]): Mention[] {
  const announced = new Set(legs.flatMap(({ seen, elsewhere }) => [seen, elsewhere]));
  const destinations = new Set(legs.map(({ ship }) => ship.fact.destination));
  return mentions.filter((mention, index) => {
    if (!isReceiving(mention) || isReturn(mention) || announced.has(mention)) return false;
    if (mention.fact.site === undefined || destinations.has(mention.fact.site)) return false;
    const before = mentions.slice(0, index).findLast(({ fact }) => fact.site !== undefined);
    return before !== undefined && before.fact.site !== mention.fact.site;
  });
}

function lost({ uri }: History, { ship }: Leg, limits: typeof parameters, context: RuleContext): Violation {
  const { fact } = ship;
  const explanation =
    `The ${item(uri)} left ${place(fact.site, context.reference)} on ${when(fact.time)} for ` +
    `${place(fact.destination, context.reference)} and was not seen there within ${limits.receiveWithinDays} days.`;
  return { key: `lost ${fact.id}`, evidence: [fact.id], at: fact.time, explanation };
}

function misdelivered({ uri }: History, { ship }: Leg, seen: Mention, context: RuleContext): Violation {
  const explanation =
    `The ${item(uri)} was sent to ${place(ship.fact.destination, context.reference)} on ${when(ship.fact.time)} ` +
    `and was received in ${place(seen.fact.site, context.reference)} instead.`;
  return {
    key: `misdelivered ${ship.fact.id}`,
    evidence: [seen.fact.id, ship.fact.id],
    at: seen.fact.time,
    explanation,
  };
}

function notShipped({ uri }: History, { fact }: Mention, context: RuleContext): Violation {
  const explanation =
    `The ${item(uri)} was received in ${place(fact.site, context.reference)} on ${when(fact.time)}, ` +
    'and no event ships it there.';
  return { key: `unshipped ${fact.id}`, evidence: [fact.id], at: fact.time, explanation };
}
