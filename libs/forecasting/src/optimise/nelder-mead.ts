interface Vertex {
  readonly point: readonly number[];
  readonly cost: number;
}

/** A closed interval for each coordinate. */
export type Bounds = readonly (readonly [number, number])[];

const clamp = (point: readonly number[], bounds: Bounds): number[] =>
  point.map((x, index) => Math.min(bounds[index]![1], Math.max(bounds[index]![0], x)));

/**
 * Downhill simplex (Nelder & Mead 1965) inside bounds; points outside are moved to the edge.
 *
 * @param iterations a bound on the work: about two evaluations each
 */
export function minimiseInBox(
  cost: (point: readonly number[]) => number,
  start: readonly number[],
  bounds: Bounds,
  iterations = 120,
): number[] {
  const evaluate = (point: readonly number[]): Vertex => {
    const inside = clamp(point, bounds);
    const found = cost(inside);
    return { point: inside, cost: Number.isNaN(found) ? Infinity : found };
  };
  const moved = (axis: number): number[] =>
    start.map((x, index) => {
      const [low, high] = bounds[index]!;
      const step = (high - low) * 0.25;
      return index === axis ? (x + step <= high ? x + step : x - step) : x;
    });
  let simplex = [evaluate(start), ...start.map((_, axis) => evaluate(moved(axis)))];
  for (let iteration = 0; iteration < iterations; iteration++) {
    simplex.sort((a, b) => a.cost - b.cost);
    const spread = simplex.at(-1)!.cost - simplex[0]!.cost;
    if (!(spread > 1e-10 * Math.abs(simplex[0]!.cost))) break;
    simplex = improved(simplex, evaluate);
  }
  return [...simplex.reduce((best, vertex) => (vertex.cost < best.cost ? vertex : best)).point];
}

function improved(sorted: readonly Vertex[], evaluate: (point: readonly number[]) => Vertex): Vertex[] {
  const kept = sorted.slice(0, -1);
  const worst = sorted.at(-1)!;
  const centre = worst.point.map(
    (_, axis) => kept.reduce((sum, vertex) => sum + vertex.point[axis]!, 0) / kept.length,
  );
  const along = (factor: number): Vertex =>
    evaluate(centre.map((x, axis) => x + factor * (worst.point[axis]! - x)));
  const reflected = along(-1);
  if (reflected.cost < sorted[0]!.cost) {
    const expanded = along(-2);
    return [...kept, expanded.cost < reflected.cost ? expanded : reflected];
  }
  if (reflected.cost < kept.at(-1)!.cost) return [...kept, reflected];
  const contracted = reflected.cost < worst.cost ? along(-0.5) : along(0.5);
  if (contracted.cost < Math.min(reflected.cost, worst.cost)) return [...kept, contracted];
  const best = sorted[0]!.point;
  return sorted.map((vertex) => evaluate(vertex.point.map((x, axis) => (x + best[axis]!) / 2)));
}
