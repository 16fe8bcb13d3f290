/** A closed interval for each coordinate. */
export type Bounds = readonly (readonly [number, number])[];

/** The corners of the simplex, best first, in arrays that are used again: a search makes no garbage. */
class Simplex {
  readonly points: Float64Array[];
  readonly costs: Float64Array;
  private readonly centre: Float64Array;
  private readonly cost: (point: Float64Array) => number;
  private readonly bounds: Bounds;

  constructor(cost: (point: Float64Array) => number, bounds: Bounds) {
    const size = bounds.length;
    this.cost = cost;
    this.bounds = bounds;
    this.points = Array.from({ length: size + 1 }, () => new Float64Array(size));
    this.costs = new Float64Array(size + 1);
    this.centre = new Float64Array(size);
  }

  /** Moves the point inside the bounds and gives its cost; what is no number costs everything. */
  evaluate(point: Float64Array): number {
    for (let axis = 0; axis < point.length; axis++) {
      const [low, high] = this.bounds[axis]!;
      point[axis] = Math.min(high, Math.max(low, point[axis]!));
    }
    const found = this.cost(point);
    return Number.isNaN(found) ? Infinity : found;
  }

  /** Puts a corner where its cost belongs; the corners before `last` are in order. */
  settle(last: number): void {
    const [point, cost] = [this.points[last]!, this.costs[last]!];
    let at = last;
    for (; at > 0 && this.costs[at - 1]! > cost; at--) {
      this.costs[at] = this.costs[at - 1]!;
      this.points[at] = this.points[at - 1]!;
    }
    [this.points[at], this.costs[at]] = [point, cost];
  }

  /** Writes the point `factor` times as far from the centre of the others as the worst corner. */
  along(factor: number, into: Float64Array): number {
    const worst = this.points[this.points.length - 1]!;
    for (let axis = 0; axis < into.length; axis++) {
      into[axis] = this.centre[axis]! + factor * (worst[axis]! - this.centre[axis]!);
    }
    return this.evaluate(into);
  }

  findCentre(): void {
    this.centre.fill(0);
    const others = this.points.length - 1;
    for (let corner = 0; corner < others; corner++) {
      for (let axis = 0; axis < others; axis++) this.centre[axis]! += this.points[corner]![axis]! / others;
    }
  }

  replaceWorst(point: Float64Array, cost: number): void {
    const last = this.points.length - 1;
    this.points[last]!.set(point);
    this.costs[last] = cost;
    this.settle(last);
  }

  /** Halves the distance of every corner to the best. */
  shrink(): void {
    const best = this.points[0]!;
    for (let corner = 1; corner < this.points.length; corner++) {
      const point = this.points[corner]!;
      for (let axis = 0; axis < point.length; axis++) point[axis] = (point[axis]! + best[axis]!) / 2;
      this.costs[corner] = this.evaluate(point);
    }
    for (let corner = 1; corner < this.points.length; corner++) this.settle(corner);
  }
}

function improve(simplex: Simplex, first: Float64Array, second: Float64Array): void {
  const { costs } = simplex;
  const last = costs.length - 1;
  simplex.findCentre();
  const reflected = simplex.along(-1, first);
  if (reflected < costs[0]!) {
    const expanded = simplex.along(-2, second);
    if (expanded < reflected) simplex.replaceWorst(second, expanded);
    else simplex.replaceWorst(first, reflected);
    return;
  }
  if (reflected < costs[last - 1]!) return simplex.replaceWorst(first, reflected);
  const contracted = simplex.along(reflected < costs[last]! ? -0.5 : 0.5, second);
  if (contracted < Math.min(reflected, costs[last]!)) return simplex.replaceWorst(second, contracted);
  simplex.shrink();
}

/**
 * Downhill simplex (Nelder & Mead 1965) inside bounds; points outside are moved to the edge.
 *
 * @param cost is given an array that is used again: it must not keep it
 * @param iterations a bound on the work: about two evaluations each
 */
export function minimiseInBox(
  cost: (point: Float64Array) => number,
  start: readonly number[],
  bounds: Bounds,
  iterations = 120,
): number[] {
  const simplex = new Simplex(cost, bounds);
  simplex.points.forEach((point, corner) => {
    point.set(start);
    if (corner > 0) {
      const [low, high] = bounds[corner - 1]!;
      const step = (high - low) * 0.25;
      point[corner - 1]! += start[corner - 1]! + step <= high ? step : -step;
    }
    simplex.costs[corner] = simplex.evaluate(point);
    simplex.settle(corner);
  });
  const [first, second] = [new Float64Array(start.length), new Float64Array(start.length)];
  for (let iteration = 0; iteration < iterations; iteration++) {
    const { costs } = simplex;
    if (!(costs[costs.length - 1]! - costs[0]! > 1e-10 * Math.abs(costs[0]!))) break;
    improve(simplex, first, second);
  }
  return [...simplex.points[0]!];
}
