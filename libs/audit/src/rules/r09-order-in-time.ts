import type { Fact } from '../engine/fact.js';
import { legsOf } from '../engine/legs.js';
import { isBirth } from '../engine/life.js';
import type { History, Mention, RuleContext, Verdict, Violation } from '../engine/rule.js';
import { item, place, span, step, when } from '../engine/words.js';

const parameters = {
  /** Clocks may be this far apart. */
  toleranceMinutes: 30,
};

/** R9: what must come first is dated later: use before commissioning, receipt before shipping, unpacking before packing. */
export const orderInTime = {
  id: 'R9',
  title: 'Order in time',
  severity: 'MEDIUM',
  hard: true,
  scope: 'ITEM',
  parameters,
  judge,
} as const;

function judge({ uri, mentions }: History, limits: typeof parameters, context: RuleContext): Verdict {
  const violations: Violation[] = [];
  const check = (earlier: Fact, later: Fact, key: string): void => {
    const gap = earlier.time - later.time;
    if (gap <= limits.toleranceMinutes * 60_000) return;
    const explanation =
      `The ${item(uri)} is at ${step(later.bizStep)} in ${place(later.site, context.reference)} on ${when(later.time)}, ` +
      `${span(gap)} before its ${step(earlier.bizStep)} in ${place(earlier.site, context.reference)}.`;
    violations.push({
      key: `${key} ${later.id}`,
      evidence: [later.id, earlier.id],
      at: later.time,
      explanation,
    });
  };
  const birth = mentions.find(isBirth);
  const first = mentions[0];
  if (birth && first) check(birth.fact, first.fact, 'birth');
  for (const { ship, seen } of legsOf(mentions)) if (seen) check(ship.fact, seen.fact, 'leg');
  for (const [packing, unpacking] of inverted(mentions)) check(packing, unpacking, 'pack');
  return { violations: distinct(violations) };
}

/** Unpackings with no packing before them in the same unit, and a packing after. */
function inverted(mentions: readonly Mention[]): [packing: Fact, unpacking: Fact][] {
  return mentions.flatMap(({ fact, role }, index) => {
    if (role !== 'CHILD' || fact.type !== 'AggregationEvent' || fact.action !== 'DELETE') return [];
    const inUnit = (mention: Mention): boolean =>
      mention.role === 'CHILD' && mention.fact.action === 'ADD' && mention.fact.parent === fact.parent;
    if (mentions.slice(0, index).some(inUnit)) return [];
    const packing = mentions.slice(index + 1).find(inUnit);
    return packing ? [[packing.fact, fact] as [Fact, Fact]] : [];
  });
}

/** One finding for an event, even where it is too early for two reasons. */
function distinct(violations: readonly Violation[]): Violation[] {
  const seen = new Set<string>();
  return violations.filter(({ evidence: [event = ''] }) => !seen.has(event) && seen.add(event));
}
