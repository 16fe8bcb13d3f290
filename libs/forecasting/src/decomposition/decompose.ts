import { meanOf } from '../methods/local-method.js';
import { loess } from './loess.js';
import { stl } from './stl.js';

/** A series taken apart: for each value the trend, the seasons together and the rest, which sum to it. */
export interface Decomposition {
  /** Values in each season that was found room for, shortest first; none where the series is too short for any. */
  readonly seasonLengths: readonly number[];
  readonly trend: Float64Array;
  readonly season: Float64Array;
  /** Each season by itself, in the order of `seasonLengths`. */
  readonly seasons: readonly Float64Array[];
  readonly remainder: Float64Array;
  /** How much of what moves beside the seasons is trend, 0 to 1. */
  readonly trendStrength: number;
  /** How much of what moves beside the trend is season, 0 to 1; null without a season. */
  readonly seasonStrength: number | null;
}

/** A season is told from chance when it has been seen so often. */
const MIN_SEASONS = 2;
const ROUNDS = 2;
/** Of a series without a season, the share of it that one value of the trend looks at. */
const TREND_SHARE = 0.4;
const LEAST_WINDOW = 7;

/**
 * Takes a series apart by STL, one season after the other and twice around where there are several (MSTL: Bandara, Hyndman and
 * Bergmeir 2021). Strengths by Wang, Smith and Hyndman (2006).
 *
 * @param values oldest first, none missing
 * @param seasonLengths values in a season, such as `[7, 365]` of days; those seen less than twice are left out
 * @example decompose(new Float64Array([1, 2, 3, 4]), [12]).seasonLengths // []
 */
export function decompose(values: Float64Array, seasonLengths: readonly number[]): Decomposition {
  const lengths = seasonLengths
    .filter((length) => length > 1 && values.length >= MIN_SEASONS * length)
    .toSorted((a, b) => a - b);
  const { trend, seasons } = lengths.length === 0 ? trendAlone(values) : seasonsInTurn(values, lengths);
  const season = sumOf(seasons, values.length);
  const remainder = values.map((value, at) => value - trend[at]! - season[at]!);
  return {
    seasonLengths: lengths,
    trend,
    season,
    seasons,
    remainder,
    trendStrength: strength(trend, remainder),
    seasonStrength: lengths.length === 0 ? null : strength(season, remainder),
  };
}

interface Parts {
  readonly trend: Float64Array;
  readonly seasons: readonly Float64Array[];
}

function trendAlone(values: Float64Array): Parts {
  const window = Math.max(LEAST_WINDOW, 2 * Math.round((TREND_SHARE * values.length) / 2) + 1);
  const places = Array.from(values.keys());
  return { trend: loess(values, places, { window, degree: 1 }), seasons: [] };
}

function seasonsInTurn(values: Float64Array, lengths: readonly number[]): Parts {
  const seasons = lengths.map(() => new Float64Array(values.length));
  let trend = new Float64Array(values.length);
  for (let round = 0; round < (lengths.length > 1 ? ROUNDS : 1); round++) {
    lengths.forEach((length, index) => {
      const others = sumOf(
        seasons.filter((_, other) => other !== index),
        values.length,
      );
      const rest = values.map((value, at) => value - others[at]!);
      const parts = stl(rest, length, 11 + 4 * index);
      seasons[index] = Float64Array.from(parts.season);
      trend = Float64Array.from(parts.trend);
    });
  }
  return { trend, seasons };
}

function sumOf(parts: readonly Float64Array[], count: number): Float64Array {
  const sum = new Float64Array(count);
  for (const part of parts) part.forEach((value, at) => (sum[at]! += value));
  return sum;
}

function strength(part: Float64Array, remainder: Float64Array): number {
  const whole = variance(part.map((value, at) => value + remainder[at]!));
  return whole > 0 ? Math.max(0, 1 - variance(remainder) / whole) : 0;
}

function variance(values: Float64Array): number {
  const mean = meanOf(values);
  return meanOf(values.map((value) => (value - mean) ** 2));
}
