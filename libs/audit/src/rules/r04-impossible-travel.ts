import type { Fact } from '../engine/fact.js';
import { sightings } from '../engine/moves.js';
import { distanceKm } from '../engine/reference.js';
import { CLEAN, type History, type RuleContext, type Verdict } from '../engine/rule.js';
import { HOUR_MS, item, place, span } from '../engine/words.js';

const parameters = {
  /** Faster than freight ever is, by air included. */
  maxKilometresPerHour: 900,
  /** Time that clocks and scans may be apart. */
  slackMinutes: 30,
  /** Places nearer than this count as one. */
  minKilometres: 50,
};

/** R4: an item is seen at two places in less time than any vehicle needs. */
export const impossibleTravel = {
  id: 'R4',
  title: 'Impossible travel',
  severity: 'HIGH',
  hard: true,
  scope: 'ITEM',
  parameters,
  judge,
} as const;

function judge({ uri, mentions }: History, limits: typeof parameters, context: RuleContext): Verdict {
  const seen = sightings(mentions);
  for (let index = 1; index < seen.length; index += 1) {
    const [before, after] = [seen[index - 1]!.fact, seen[index]!.fact];
    if (before.site === after.site) continue;
    const kilometres = distanceBetween(before, after, context);
    if (kilometres === undefined || kilometres < limits.minKilometres) continue;
    const needed = (kilometres / limits.maxKilometresPerHour) * HOUR_MS;
    const had = after.time - before.time;
    if (had + limits.slackMinutes * 60_000 >= needed) continue;
    const explanation =
      `The ${item(uri)} was in ${place(before.site, context.reference)} and ${span(had)} later in ` +
      `${place(after.site, context.reference)}, ${Math.round(kilometres)} km away.`;
    return {
      violations: [{ key: '', evidence: [after.id, before.id], at: after.time, explanation }],
    };
  }
  return CLEAN;
}

function distanceBetween(before: Fact, after: Fact, { reference }: RuleContext): number | undefined {
  const from = reference.site(before.site ?? '')?.position;
  const to = reference.site(after.site ?? '')?.position;
  return from && to && distanceKm(from, to);
}
