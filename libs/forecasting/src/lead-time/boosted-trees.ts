import type { BoostedTrees, TreeNodes } from './tree-nodes.js';

/** Numbers that shape the trees. */
export interface BoostingOptions {
  readonly rounds: number;
  readonly depth: number;
  readonly learningRate: number;
  /** Least sum of second derivatives in a leaf. */
  readonly leastWeight: number;
  readonly ridge: number;
}

export const BOOSTING: BoostingOptions = {
  rounds: 160,
  depth: 4,
  learningRate: 0.05,
  leastWeight: 12,
  ridge: 8,
};

const BINS = 32;

interface Leaf {
  readonly value: number;
}
interface Split {
  readonly feature: number;
  readonly bin: number;
  readonly low: Tree;
  readonly high: Tree;
}
type Tree = Leaf | Split;

/** Rows in bins of equal counts, a byte each. */
class Binned {
  readonly edges: readonly Float64Array[];

  constructor(rows: readonly Float64Array[]) {
    this.edges = Array.from({ length: rows[0]?.length ?? 0 }, (_, feature) => {
      const sorted = Float64Array.from(rows, (row) => row[feature]!).sort();
      const cuts = Array.from(
        { length: BINS - 1 },
        (_cut, at) => sorted[Math.floor(((at + 1) * sorted.length) / BINS)]!,
      );
      return Float64Array.from(new Set(cuts));
    });
  }

  bins(row: Float64Array): Uint8Array {
    return Uint8Array.from(this.edges, (edges, feature) => {
      let bin = 0;
      while (bin < edges.length && row[feature]! > edges[bin]!) bin += 1;
      return bin;
    });
  }
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/**
 * Trees for the log-odds of yes by gradient boosting of shallow trees on histograms (Friedman 2001; second order as Chen and
 * Guestrin 2016). The same rows in the same order give the same trees.
 *
 * @example logOdds(boostedTrees(rows, isYes))(row)
 */
export function boostedTrees(
  rows: readonly Float64Array[],
  isYes: readonly boolean[],
  options: BoostingOptions = BOOSTING,
): BoostedTrees {
  const binned = new Binned(rows);
  const bins = rows.map((row) => binned.bins(row));
  const share = (isYes.filter(Boolean).length + 1) / (isYes.length + 2);
  const start = Math.log(share / (1 - share));
  const odds = new Float64Array(rows.length).fill(start);
  const trees: Tree[] = [];
  for (let round = 0; round < options.rounds; round += 1) {
    const slope = odds.map((x, at) => sigmoid(x) - (isYes[at] ? 1 : 0));
    const curve = odds.map((x) => sigmoid(x) * (1 - sigmoid(x)));
    const tree = grow({ bins, slope, curve, options }, [...rows.keys()], options.depth);
    trees.push(tree);
    bins.forEach((row, at) => (odds[at]! += valueOf(tree, row)));
  }
  return { start, trees: trees.map((tree) => nodesOf(tree, binned.edges)) };
}

function nodesOf(tree: Tree, edges: readonly Float64Array[]): TreeNodes {
  if (!('feature' in tree)) return [[tree.value]];
  const { feature, bin, low, high } = tree;
  return [[feature, edges[feature]![bin]!], ...nodesOf(low, edges), ...nodesOf(high, edges)];
}

interface Growing {
  readonly bins: readonly Uint8Array[];
  readonly slope: Float64Array;
  readonly curve: Float64Array;
  readonly options: BoostingOptions;
}

function grow(growing: Growing, members: readonly number[], levels: number): Tree {
  const { slope, curve, options, bins } = growing;
  let [g, h] = [0, 0];
  for (const at of members) {
    g += slope[at]!;
    h += curve[at]!;
  }
  const best = levels === 0 ? undefined : bestSplit(growing, members, g, h);
  if (!best) return { value: (-options.learningRate * g) / (h + options.ridge) };
  const low = members.filter((at) => bins[at]![best.feature]! <= best.bin);
  const high = members.filter((at) => bins[at]![best.feature]! > best.bin);
  return { ...best, low: grow(growing, low, levels - 1), high: grow(growing, high, levels - 1) };
}

function bestSplit(
  { bins, slope, curve, options }: Growing,
  members: readonly number[],
  g: number,
  h: number,
): { readonly feature: number; readonly bin: number } | undefined {
  const gain = (a: number, b: number): number => (a * a) / (b + options.ridge);
  let best: { feature: number; bin: number } | undefined;
  let most = gain(g, h) + 1e-6;
  for (let feature = 0; feature < bins[0]!.length; feature += 1) {
    const gs = new Float64Array(BINS);
    const hs = new Float64Array(BINS);
    for (const at of members) {
      const bin = bins[at]![feature]!;
      gs[bin]! += slope[at]!;
      hs[bin]! += curve[at]!;
    }
    let [lowG, lowH] = [0, 0];
    for (let bin = 0; bin < BINS - 1; bin += 1) {
      lowG += gs[bin]!;
      lowH += hs[bin]!;
      if (lowH < options.leastWeight || h - lowH < options.leastWeight) continue;
      const found = gain(lowG, lowH) + gain(g - lowG, h - lowH);
      if (found > most) [most, best] = [found, { feature, bin }];
    }
  }
  return best;
}

function valueOf(tree: Tree, bins: Uint8Array): number {
  let node = tree;
  while ('feature' in node) node = bins[node.feature]! <= node.bin ? node.low : node.high;
  return node.value;
}
