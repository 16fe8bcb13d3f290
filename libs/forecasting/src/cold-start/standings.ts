import type { Addition } from '../hierarchy/hierarchy.js';
import { meanOf } from '../methods/local-method.js';

/** Fewer peers than this are no group to learn from. */
const LEAST_PEERS = 3;
/** Two years of weeks are not needed to stand by oneself. */
const MOST_NEEDED = 24;
const LEAST_NEEDED = 6;

const isObserved = (value: number): boolean => !Number.isNaN(value);

/** Which leaves of a panel are new, and what the others usually sell: nine bytes a leaf. */
export class Standings {
  /** Observed values of a leaf that stands by itself: two seasons, or 24 where seasons are long. */
  public readonly needed: number;
  /** Mean of the last season of each leaf that others may be likened to, above 0; 0 of any other. */
  public readonly levels: Float64Array;
  /** Observed values of each leaf that is new; -1 of any other. */
  public readonly observed: Int8Array;
  private readonly seasonLength: number;

  public constructor(leaves: number, seasonLength: number) {
    this.seasonLength = seasonLength;
    this.needed = Math.max(LEAST_NEEDED, Math.min(MOST_NEEDED, 2 * seasonLength));
    this.levels = new Float64Array(leaves);
    this.observed = new Int8Array(leaves).fill(-1);
  }

  /** Looks at the history of a leaf; one that fell below 0 is neither new nor likened to. */
  public add(leaf: number, values: Float64Array): void {
    let observed = 0;
    for (const value of values) {
      if (value < 0) return;
      if (isObserved(value)) observed += 1;
    }
    if (observed < this.needed) {
      this.observed[leaf] = observed;
      return;
    }
    const recent = values.subarray(-Math.max(this.seasonLength, LEAST_NEEDED)).filter(isObserved);
    this.levels[leaf] = recent.length === 0 ? 0 : meanOf(recent);
  }

  /**
   * The group that each new leaf is likened to: the place of the smallest sum in which three others stand by themselves and sell something. A
   * leaf without such a group is not there.
   */
  public groups({ sums }: Addition): Map<number, number> {
    const groups = new Map<number, number>();
    if (this.observed.every((observed) => observed < 0)) return groups;
    const places = [...sums.keys()].sort((one, other) => sums[one]!.parts.length - sums[other]!.parts.length);
    for (const place of places) {
      const { parts } = sums[place]!;
      if (this.peersAmong(parts).length < LEAST_PEERS) continue;
      for (let at = 0; at < parts.length; at += 1)
        if (this.observed[parts[at]!]! >= 0 && !groups.has(parts[at]!)) groups.set(parts[at]!, place);
    }
    return groups;
  }

  /** Those of some leaves that others may be likened to, in their order. */
  public peersAmong(parts: ArrayLike<number>): number[] {
    const peers: number[] = [];
    for (let at = 0; at < parts.length; at += 1) if (this.levels[parts[at]!]! > 0) peers.push(parts[at]!);
    return peers;
  }
}
