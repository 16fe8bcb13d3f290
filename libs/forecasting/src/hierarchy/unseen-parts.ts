import { firstPeriod } from '../backtest/slice.js';
import type { SeriesForecast } from '../contract/forecaster.js';
import type { Panel, SeriesInput } from '../contract/panel.js';
import type { Addition, Hierarchy, NodeVector } from './hierarchy.js';

/** Positions of the leaves of which no error was ever seen: what they may do is not in the past of their sums. */
export function unseenLeaves({ sums, leaves }: Addition, errors: readonly NodeVector[]): Set<number> {
  const unseen = new Set<number>();
  if (errors.length === 0) return unseen;
  for (let leaf = 0; leaf < leaves.length; leaf += 1)
    if (errors.every((row) => Number.isNaN(row[sums.length + leaf]!))) unseen.add(leaf);
  return unseen;
}

/**
 * The panel with the values of some leaves taken out of the sums that they are part of. A sum's forecast holds what its history
 * holds: a part forecast by itself would be counted in it once more, by as much as the method has noticed of it.
 */
export function withoutParts(panel: Panel, { sums, leaves }: Hierarchy, unseen: ReadonlySet<number>): Panel {
  const byId = new Map(panel.series.map((one) => [one.id, one]));
  const parts = new Map(
    sums.map(({ id, parts: all }) => [
      id,
      all.filter((leaf) => unseen.has(leaf)).map((leaf) => byId.get(leaves[leaf]!)!),
    ]),
  );
  return {
    ...panel,
    series: panel.series.map((one) => without(one, parts.get(one.id) ?? [], panel.frequency)),
  };
}

function without(
  sum: SeriesInput,
  parts: readonly SeriesInput[],
  frequency: Panel['frequency'],
): SeriesInput {
  if (parts.length === 0) return sum;
  const values = sum.values.slice();
  const floor = values.some((value) => value < 0) ? -Infinity : 0;
  for (const part of parts) {
    const shift = firstPeriod(part, frequency) - firstPeriod(sum, frequency);
    part.values.forEach((value, at) => {
      const place = shift + at;
      if (Number.isNaN(value) || place < 0 || place >= values.length) return;
      // Adding up rounds: what is left of a sum of nothing else is 0 and no shade below it.
      values[place] = Math.max(floor, values[place]! - value);
    });
  }
  return { ...sum, values };
}

/** A sum as unsure as it was and, by itself, as each of those parts is: distances from the mean join as independent errors do. */
export function widenedBy(sum: SeriesForecast, parts: readonly SeriesForecast[]): SeriesForecast {
  if (parts.length === 0) return sum;
  const quantiles = sum.quantiles.map((path, level) =>
    path.map((value, step) => {
      const own = value - sum.mean[step]!;
      const others = parts.map((part) => part.quantiles[level]![step]! - part.mean[step]!);
      const beyond = others.filter((distance) => distance >= 0 === own >= 0);
      return sum.mean[step]! + Math.sign(own || 1) * joined(own, beyond);
    }),
  );
  return { ...sum, quantiles: rising(quantiles) };
}

/** A call takes some hundred thousand arguments at most. */
const DISTANCES_AT_ONCE = 10_000;

function joined(own: number, others: readonly number[]): number {
  let distance = Math.hypot(own, ...others.slice(0, DISTANCES_AT_ONCE));
  for (let at = DISTANCES_AT_ONCE; at < others.length; at += DISTANCES_AT_ONCE)
    distance = Math.hypot(distance, ...others.slice(at, at + DISTANCES_AT_ONCE));
  return distance;
}

/** Lifts what fell below the level before it. */
function rising(quantiles: readonly Float64Array[]): Float64Array[] {
  let floor: Float64Array | undefined;
  return quantiles.map((path) => {
    const below = floor;
    floor = below ? path.map((value, step) => Math.max(value, below[step]!)) : path;
    return floor;
  });
}
