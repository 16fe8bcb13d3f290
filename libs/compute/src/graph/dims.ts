import { ComputeError } from '../compute.errors.js';

/** A length known when the graph is built, or the name of one known only when it runs (such as `batch`). */
export type Dim = number | string;

interface Factors {
  count: number;
  symbols: string[];
}

function factorsOf(dims: readonly Dim[]): Factors {
  const factors: Factors = { count: 1, symbols: [] };
  for (const part of dims.flatMap((dim): Dim[] => (typeof dim === 'number' ? [dim] : dim.split('*')))) {
    if (typeof part === 'number' || /^\d+$/.test(part)) factors.count *= Number(part);
    else factors.symbols.push(part);
  }
  factors.symbols.sort();
  return factors;
}

function dimOf({ count, symbols }: Factors): Dim {
  if (symbols.length === 0) return count;
  return [...symbols, ...(count === 1 ? [] : [count])].join('*');
}

/** The product of dims in one canonical form: `product(['batch', 3, 4])` is `'batch*12'`. */
export function product(dims: readonly Dim[]): Dim {
  return dimOf(factorsOf(dims));
}

/** `whole / part` where the division is exact, else undefined. */
export function quotient(whole: readonly Dim[], part: readonly Dim[]): Dim | undefined {
  const left = factorsOf(whole);
  const right = factorsOf(part);
  if (right.count === 0 || left.count % right.count !== 0) return undefined;
  for (const symbol of right.symbols) {
    const at = left.symbols.indexOf(symbol);
    if (at < 0) return undefined;
    left.symbols.splice(at, 1);
  }
  return dimOf({ count: left.count / right.count, symbols: left.symbols });
}

export function sameDims(a: readonly Dim[], b: readonly Dim[]): boolean {
  return a.length === b.length && a.every((dim, axis) => dim === b[axis]);
}

/** Dims as a reader would write them: `[batch, 24]`. */
export function showDims(dims: readonly Dim[]): string {
  return `[${dims.join(', ')}]`;
}

/**
 * NumPy broadcasting of two shapes, as ONNX defines it; a named dim meets only itself or 1.
 * @throws ComputeError `bad-graph`
 */
export function broadcast(a: readonly Dim[], b: readonly Dim[]): Dim[] {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, axis) => {
    const left = a[axis - rank + a.length] ?? 1;
    const right = b[axis - rank + b.length] ?? 1;
    if (left === right || right === 1) return left;
    if (left === 1) return right;
    throw new ComputeError('bad-graph', `shapes ${showDims(a)} and ${showDims(b)} do not broadcast`);
  });
}

/**
 * A counted-from-the-end axis as one counted from the front.
 * @throws ComputeError `bad-graph` when it is outside the rank
 */
export function axisOf(axis: number, rank: number): number {
  const positive = axis < 0 ? axis + rank : axis;
  if (!Number.isInteger(axis) || positive < 0 || positive >= rank) {
    throw new ComputeError('bad-graph', `axis ${axis} is outside a tensor of ${rank} axes`);
  }
  return positive;
}
