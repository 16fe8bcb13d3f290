import type { Covariate } from '../covariates/covariate-panel.js';
import type { Hierarchy } from '../hierarchy/hierarchy.js';

/**
 * Covariates of sums: means over their parts, each counting as much as was observed of it; prices as shares of what they were, a word
 * where all have the same. Parts come one at a time, so that a panel of any size needs the memory of its sums.
 */
export class SumPaths {
  private readonly sumsOf: readonly (readonly number[])[];
  private readonly totals: Float64Array;
  private readonly counts: Int32Array;
  private readonly paths = new Map<number, Float64Array[]>();

  /**
   * @param weights units observed of each leaf; NaN for one that is not known
   * @param known periods that are over: a price is held against its mean over these
   */
  public constructor(
    private readonly covariates: readonly Covariate[],
    hierarchy: Hierarchy,
    private readonly weights: Float64Array,
    private readonly known: number,
  ) {
    const { leaves, sums } = hierarchy;
    const sumsOf = leaves.map((): number[] => []);
    this.totals = new Float64Array(sums.length);
    this.counts = new Int32Array(sums.length);
    sums.forEach(({ parts }, sum) => {
      for (const leaf of parts) {
        if (Number.isNaN(weights[leaf]!)) continue;
        sumsOf[leaf]!.push(sum);
        this.totals[sum]! += weights[leaf]!;
        this.counts[sum]! += 1;
      }
    });
    this.sumsOf = sumsOf;
  }

  /** The next leaf, in the order of the hierarchy; nothing where it is not known. */
  public add(leaf: number, paths: readonly Float64Array[]): void {
    const known = Math.max(1, this.known);
    const units = this.covariates.map(({ kind }, at) =>
      kind === 'relative' ? meanOf(paths[at]!.subarray(0, known)) || 1 : 1,
    );
    for (const sum of this.sumsOf[leaf]!) {
      const total = this.totals[sum]!;
      const share = total > 0 ? this.weights[leaf]! / total : 1 / this.counts[sum]!;
      const own = this.paths.get(sum);
      if (own === undefined) this.paths.set(sum, this.begun(paths, units, share));
      else
        this.covariates.forEach(({ kind }, at) => {
          if (kind === 'category') keepSame(own[at]!, paths[at]!);
          else addShare(own[at]!, paths[at]!, share, units[at]!);
        });
    }
  }

  /** One array a covariate of a sum; undefined where no part is known. */
  public of(sum: number): readonly Float64Array[] | undefined {
    return this.paths.get(sum);
  }

  private begun(paths: readonly Float64Array[], units: readonly number[], share: number): Float64Array[] {
    return this.covariates.map(({ kind }, at) => {
      if (kind === 'category') return paths[at]!.slice();
      const path = new Float64Array(paths[at]!.length);
      addShare(path, paths[at]!, share, units[at]!);
      return path;
    });
  }
}

const meanOf = (path: Float64Array): number => path.reduce((sum, value) => sum + value, 0) / path.length;

function addShare(path: Float64Array, own: Float64Array, share: number, unit: number): void {
  for (let at = 0; at < path.length; at += 1) path[at]! += (share * own[at]!) / unit;
}

function keepSame(path: Float64Array, own: Float64Array): void {
  for (let at = 0; at < path.length; at += 1) if (path[at] !== own[at]) path[at] = -1;
}
