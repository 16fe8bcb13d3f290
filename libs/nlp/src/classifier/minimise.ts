/** Value of a function at `x`; its gradient is written into `gradient`. */
export type Objective = (x: Float64Array, gradient: Float64Array) => number;

export interface Minimum {
  readonly x: Float64Array;
  readonly value: number;
  readonly iterations: number;
  /** Greatest element of the gradient where it stopped, by size. */
  readonly slope: number;
}

export interface MinimiseOptions {
  readonly maxIterations?: number;
  /** Stops when no element of the gradient is greater than this. */
  readonly tolerance?: number;
}

const MEMORY = 10;
const SUFFICIENT = 1e-4;

const product = (a: Float64Array, b: Float64Array): number => {
  let total = 0;
  for (let index = 0; index < a.length; index++) total += a[index]! * b[index]!;
  return total;
};

function greatest(a: Float64Array): number {
  let most = 0;
  for (let index = 0; index < a.length; index++) most = Math.max(most, Math.abs(a[index]!));
  return most;
}

/** a + scale · b */
function sum(a: Float64Array, b: Float64Array, scale: number): Float64Array<ArrayBuffer> {
  const result = new Float64Array(a.length);
  for (let index = 0; index < a.length; index++) result[index] = a[index]! + scale * b[index]!;
  return result;
}

interface Step {
  readonly moved: Float64Array;
  readonly turned: Float64Array;
  readonly curvature: number;
}

/** The two-loop recursion: the direction of Newton's step as far as the last steps tell. */
function direction(gradient: Float64Array, steps: readonly Step[]): Float64Array {
  const way = Float64Array.from(gradient);
  const shares: number[] = [];
  for (let at = steps.length - 1; at >= 0; at--) {
    const { moved, turned, curvature } = steps[at]!;
    const share = product(moved, way) / curvature;
    shares[at] = share;
    for (let index = 0; index < way.length; index++) way[index]! -= share * turned[index]!;
  }
  const last = steps.at(-1);
  const scale = last
    ? last.curvature / product(last.turned, last.turned)
    : 1 / Math.max(1, greatest(gradient));
  for (let index = 0; index < way.length; index++) way[index]! *= scale;
  steps.forEach(({ moved, turned, curvature }, at) => {
    const back = product(turned, way) / curvature;
    for (let index = 0; index < way.length; index++) way[index]! += (shares[at]! - back) * moved[index]!;
  });
  for (let index = 0; index < way.length; index++) way[index] = -way[index]!;
  return way;
}

/**
 * Minimises a smooth convex function by L-BFGS (Nocedal and Wright 2006, algorithm 7.5) with backtracking.
 * Deterministic: the same function gives the same minimum bit by bit.
 */
export function minimise(objective: Objective, start: Float64Array, options: MinimiseOptions = {}): Minimum {
  const { maxIterations = 500, tolerance = 1e-4 } = options;
  let x = start;
  let gradient = new Float64Array(x.length);
  let value = objective(x, gradient);
  const steps: Step[] = [];
  let iterations = 0;
  while (iterations < maxIterations && greatest(gradient) > tolerance) {
    iterations += 1;
    const way = direction(gradient, steps);
    const descent = product(gradient, way);
    let length = 1;
    let next = x;
    let nextGradient = gradient;
    let nextValue = value;
    for (let tries = 0; tries < 40; tries++) {
      next = sum(x, way, length);
      nextGradient = new Float64Array(x.length);
      nextValue = objective(next, nextGradient);
      if (nextValue <= value + SUFFICIENT * length * descent) break;
      length /= 2;
    }
    if (!(nextValue < value)) break;
    const moved = sum(next, x, -1);
    const turned = sum(nextGradient, gradient, -1);
    const curvature = product(moved, turned);
    if (curvature > 1e-12) steps.push({ moved, turned, curvature });
    if (steps.length > MEMORY) steps.shift();
    [x, gradient, value] = [next, nextGradient, nextValue];
  }
  return { x, value, iterations, slope: greatest(gradient) };
}
