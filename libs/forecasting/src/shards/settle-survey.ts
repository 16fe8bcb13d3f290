import { firstPeriod } from '../backtest/slice.js';
import { Standings } from '../cold-start/standings.js';
import type { Frequency } from '../contract/panel.js';
import type { Addition } from '../hierarchy/hierarchy.js';
import { GrainSums } from '../series/grain-hierarchy.js';
import type { PanelSeries } from '../series/panel.repository.js';
import type { WantedForecast } from './recorded-forecaster.js';

/** How series add up, in arrays of whole numbers. */
interface SurveyedAddition extends Addition {
  readonly sums: readonly { readonly parts: Int32Array }[];
}

/** What the histories of a run say of its series: which are sums of which, which are new at which moment, and which fell below 0. */
export interface Survey {
  readonly addition: SurveyedAddition;
  /** Place of each series in vectors of the hierarchy; -1 where it is no part of it. */
  readonly nodes: Int32Array;
  /** Ids of the sums. */
  readonly sumIds: readonly string[];
  /** By place in the vectors: 1 for a series that fell below 0. */
  readonly negative: Uint8Array;
  /** How leaves stand at each moment. */
  readonly standings: readonly Standings[];
}

/** What is to be surveyed. */
export interface SurveyOf {
  readonly series: number;
  readonly frequency: Frequency;
  readonly seasonLength: number;
  /** Past origins, and the end of the histories. */
  readonly moments: readonly WantedForecast[];
}

/** The values that were known at a moment. */
export const knownAt = (values: Float64Array, first: number, { end }: WantedForecast): Float64Array =>
  values.subarray(0, Math.max(0, end - first));

/** Looks at the histories of a run once, keeping few numbers of each. */
export class Surveyor {
  private readonly of: SurveyOf;
  private readonly grains = new GrainSums();
  private readonly standings: readonly Standings[];
  private readonly negative: Uint8Array;
  private readonly sumIds = new Map<number, string>();
  private count = 0;

  public constructor(of: SurveyOf) {
    this.of = of;
    this.standings = of.moments.map(() => new Standings(of.series, of.seasonLength));
    this.negative = new Uint8Array(of.series);
  }

  /** The next histories. */
  public add(series: readonly PanelSeries[]): void {
    for (const one of series) {
      const place = this.count++;
      const leaf = this.grains.add(one);
      if (one.values.some((value) => value < 0)) this.negative[place] = 1;
      if (leaf === undefined) this.sumIds.set(place, one.id);
      else this.addLeaf(leaf, one);
    }
  }

  /** What was seen, when all histories have passed. */
  public made(): Survey {
    const { leaves, sums } = this.grains.made();
    const nodes = new Int32Array(this.count).fill(-1);
    sums.forEach(({ row }, node) => (nodes[row] = node));
    leaves.forEach((row, leaf) => (nodes[row] = sums.length + leaf));
    const negative = new Uint8Array(sums.length + leaves.length);
    nodes.forEach((node, place) => {
      if (node >= 0) negative[node] = this.negative[place]!;
    });
    return {
      addition: { leaves: { length: leaves.length }, sums },
      ...{ nodes, negative, standings: this.standings },
      sumIds: sums.map(({ row }) => this.sumIds.get(row)!),
    };
  }

  private addLeaf(leaf: number, one: PanelSeries): void {
    const first = firstPeriod(one, this.of.frequency);
    this.of.moments.forEach((moment, at) => {
      const known = knownAt(one.values, first, moment);
      // As a panel that is cut: a series of which no value is known by then is not in it. The whole panel has all.
      if (at < this.of.moments.length - 1 && known.every(Number.isNaN)) return;
      this.standings[at]!.add(leaf, known);
    });
  }
}
