import type { SeriesForecast } from '../contract/forecaster.js';
import { normalQuantile } from '../intervals/normal.js';
import { median } from '../methods/local-method.js';

/** Name of the method in forecasts. */
const COLD_START = 'cold-start';
/** The level of a group counts as so many values of a newcomer's own. */
const GROUP_WORTH = 4;
/** Least spread of levels in a group, in logarithms: three alike peers do not make a certainty. */
const LEAST_SPREAD = 0.3;

/** A new series, as far as it is known. */
export interface Newcomer {
  readonly id: string;
  readonly needed: number;
  /** Number of its first period. */
  readonly first: number;
  readonly values: Float64Array;
}

interface Level {
  readonly value: number;
  /** Standard deviation of its logarithm. */
  readonly spread: number;
}

interface Shares {
  sum: number;
  count: number;
}

const observedOf = ({ first, values }: Newcomer): (readonly [number, number])[] =>
  Array.from(values, (value, at) => [first + at, value] as const).filter(([, value]) => !Number.isNaN(value));

/** What the peers of a group say together of new series in it: histories and forecasts pass by, and few numbers are kept. */
export class PeerGroup {
  private readonly id: string;
  public readonly peers: number;
  private readonly middle: number;
  private readonly among: number;
  /** What peers sold in the periods of newcomers, as shares of their levels. */
  private readonly shares = new Map<number, Shares>();
  /** The middle of the peers' paths, step by step, that of means first. */
  private readonly shapes: Float64Array[] = [];

  /** @param levels of the peers, in their order */
  public constructor(id: string, levels: readonly number[]) {
    const logs = levels.map(Math.log);
    this.id = id;
    this.peers = levels.length;
    this.middle = median(logs);
    this.among = Math.sqrt(logs.reduce((sum, log) => sum + (log - this.middle) ** 2, 0) / (logs.length - 1));
  }

  /** A series that will be likened to the group, before any peer is seen. */
  public expect(newcomer: Newcomer): void {
    for (const [period] of observedOf(newcomer)) this.shares.set(period, { sum: 0, count: 0 });
  }

  /** The history of the next peer. */
  public addHistory(values: Float64Array, first: number, level: number): void {
    for (const [period, shares] of this.shares) {
      const there = values[period - first];
      if (there === undefined || Number.isNaN(there)) continue;
      shares.sum += there / level;
      shares.count += 1;
    }
  }

  /** The middle of the next path, the mean being the first and then a quantile each. */
  public addShape(shape: Float64Array): void {
    this.shapes.push(shape);
  }

  /** The shape of the group at a level between its own and what the newcomer sold so far. */
  public mean(newcomer: Newcomer): Float64Array {
    return this.meanAt(this.levelOf(newcomer).value);
  }

  /** What is forecast of a newcomer, named and with its reason. */
  public forecast(newcomer: Newcomer, from: string, levels: readonly number[]): SeriesForecast {
    const { value, spread } = this.levelOf(newcomer);
    const mean = this.meanAt(value);
    let floor = new Float64Array(mean.length);
    const quantiles = levels.map((level, index) => {
      const ofLevel = Math.exp(spread * normalQuantile(level));
      const shape = this.shapes[1 + index]!;
      floor = mean.map((middle, step) =>
        Math.max(floor[step]!, middle * quantileFactor(shape[step]!, ofLevel)),
      );
      return floor;
    });
    const reason = `${observedOf(newcomer).length} observed values, ${newcomer.needed} are needed: likened to ${this.peers} series of ${this.id}`;
    return { id: newcomer.id, mean, quantiles, method: COLD_START, fallback: { from, reason } };
  }

  private meanAt(level: number): Float64Array {
    return this.shapes[0]!.map((shape) => Math.max(0, level * shape));
  }

  private levelOf(newcomer: Newcomer): Level {
    const own = this.ownLevel(newcomer);
    const observed = observedOf(newcomer).length;
    const share = Number.isNaN(own) ? 0 : observed / (observed + GROUP_WORTH);
    return {
      value: (share > 0 ? share * own : 0) + (1 - share) * Math.exp(this.middle),
      spread: Math.max(LEAST_SPREAD, this.among) * Math.sqrt(1 - share),
    };
  }

  /**
   * What the newcomer itself says of its level: its sum over what its peers sold in the same periods as shares of their levels; NaN
   * where nothing is observed or its peers sold nothing then.
   */
  private ownLevel(newcomer: Newcomer): number {
    let [sum, usual] = [0, 0];
    for (const [period, value] of observedOf(newcomer)) {
      const shares = this.shares.get(period)!;
      if (shares.count === 0) continue;
      sum += value;
      usual += shares.sum / shares.count;
    }
    return usual > 0 ? sum / usual : NaN;
  }
}

/** Where demand comes in lumps even an upper quantile of peers may lie below their mean: it then says nothing of width. */
const quantileFactor = (ofShape: number, ofLevel: number): number =>
  apart(ofShape >= 1 === ofLevel >= 1 ? ofShape : 1, ofLevel);

/** Joins two causes of distance from the mean, as independent errors join; both are on one side of 1. */
function apart(ofShape: number, ofLevel: number): number {
  const distance = Math.hypot(ofShape - 1, ofLevel - 1);
  return Math.max(0, 1 + (ofLevel >= 1 ? distance : -distance));
}
