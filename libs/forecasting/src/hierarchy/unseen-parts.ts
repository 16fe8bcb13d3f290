import type { SeriesForecast } from '../contract/forecaster.js';
import type { Hierarchy, NodeVector } from './hierarchy.js';

/** Positions of the leaves of which no error was ever seen: what they may do is not in the past of their sums. */
export function unseenLeaves({ sums, leaves }: Hierarchy, errors: readonly NodeVector[]): Set<number> {
  if (errors.length === 0) return new Set();
  const unseen = (leaf: number): boolean => errors.every((row) => Number.isNaN(row[sums.length + leaf]!));
  return new Set([...leaves.keys()].filter(unseen));
}

/** A sum as unsure as it was and, by itself, as each of those parts is: distances from the mean join as independent errors do. */
export function widenedBy(sum: SeriesForecast, parts: readonly SeriesForecast[]): SeriesForecast {
  if (parts.length === 0) return sum;
  const quantiles = sum.quantiles.map((path, level) =>
    path.map((value, step) => {
      const own = value - sum.mean[step]!;
      const others = parts.map((part) => part.quantiles[level]![step]! - part.mean[step]!);
      const beyond = others.filter((distance) => distance >= 0 === own >= 0);
      return sum.mean[step]! + Math.sign(own || 1) * Math.hypot(own, ...beyond);
    }),
  );
  return { ...sum, quantiles: rising(quantiles) };
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
