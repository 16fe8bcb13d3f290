import { solveTwo } from '../optimise/least-squares.js';
import { minimiseOnInterval } from '../optimise/line-search.js';
import type { LocalMethod } from './local-method.js';

interface Parameters {
  readonly alpha: number;
  readonly initialLevel: number;
  /** 1 − 1/θ, the share of the trend line: 0 is plain smoothing, 1 the whole line. */
  readonly trendShare: number;
}

/** Values before this position say too little about a line and are left out of the cost. */
const FIRST_COUNTED = 2;

/** The line through the values so far, kept up to date one value at a time. */
class RunningLine {
  private mean = 0;
  private slope = 0;
  private count = 0;

  add(value: number): void {
    const n = ++this.count;
    if (n === 1) this.mean = value;
    else {
      this.slope = ((n - 2) * this.slope + (6 / n) * (value - this.mean)) / (n + 1);
      this.mean += (value - this.mean) / n;
    }
  }

  /**
   * What the line adds to the smoothed level one step ahead.
   *
   * @param decay (1 − α) to the number of values so far; handed in, since a power a value is dear
   */
  contribution(alpha: number, decay: number): number {
    const intercept = this.mean - ((this.count + 1) / 2) * this.slope;
    return decay * intercept + ((1 - decay * (1 - alpha)) / alpha) * this.slope;
  }
}

function bestFor(history: Float64Array, alpha: number): Parameters & { cost: number } {
  const line = new RunningLine();
  let [uu, uv, vv, uy, vy, yy] = [0, 0, 0, 0, 0, 0];
  let level = 0;
  let weight = 1;
  for (let index = 0; index < history.length; index++) {
    const value = history[index]!;
    const error = value - level;
    if (index >= FIRST_COUNTED) {
      const trend = line.contribution(alpha, weight);
      uu += weight * weight;
      uv += weight * trend;
      vv += trend * trend;
      uy += weight * error;
      vy += trend * error;
      yy += error * error;
    }
    line.add(value);
    level += alpha * error;
    weight *= 1 - alpha;
  }
  const trendShare = Math.min(1, Math.max(0, solveTwo({ uu, uv, vv, uy, vy })[1]));
  const initialLevel = uu > 0 ? (uy - trendShare * uv) / uu : 0;
  const square = uu * initialLevel ** 2 + vv * trendShare ** 2 + 2 * uv * initialLevel * trendShare;
  return { alpha, initialLevel, trendShare, cost: yy - 2 * (uy * initialLevel + vy * trendShare) + square };
}

function path(history: Float64Array, horizon: number, parameters: Parameters): Float64Array {
  const { alpha, initialLevel, trendShare } = parameters;
  const line = new RunningLine();
  let level = initialLevel;
  let decay = 1;
  const step = (value: number): void => {
    level += alpha * (value - level);
    line.add(value);
    decay *= 1 - alpha;
  };
  for (let index = 0; index < history.length; index++) step(history[index]!);
  return Float64Array.from({ length: horizon }, () => {
    const expected = level + trendShare * line.contribution(alpha, decay);
    step(expected);
    return expected;
  });
}

/**
 * The dynamic optimised Theta model (Fiorucci et al. 2016): θ, the smoothing weight and the initial
 * level minimise the squared one-step errors, and the trend line is renewed at every value. For a
 * given weight the errors are linear in the other two, so only the weight is searched.
 */
export const thetaDynamic: LocalMethod = {
  name: 'theta-dynamic',
  minLength: 5,
  fit(history) {
    const shift = history[0]!;
    const centred = history.map((value) => value - shift);
    const alpha = minimiseOnInterval((candidate) => bestFor(centred, candidate).cost, 0.05, 0.99);
    const parameters = bestFor(centred, alpha);
    return {
      forecast: (beginning, horizon) =>
        path(
          beginning.map((value) => value - shift),
          horizon,
          parameters,
        ).map((value) => value + shift),
    };
  },
};
