import type { SeriesInput } from '../contract/panel.js';
import { fillGaps, type FilledHistory } from '../series/gaps.js';
import { countUnit, dispersionOf } from './count-quantiles.js';
import { demandClassOf, type DemandClass } from './demand-class.js';
import { memberPaths, type MemberPaths } from './member-paths.js';
import { membersOf } from './members.js';

/** What is asked of every series of a panel. */
export interface PathsRequest {
  readonly horizon: number;
  readonly seasonLength: number;
  /** Periods of each season, shortest first; empty or [1] for none. */
  readonly seasons: readonly number[];
  /** Origins inside the history from which the members are tested. */
  readonly checks: number;
}

/** What the members would have said at an origin inside the history, and what came. */
export interface Check extends MemberPaths {
  /** Values known at the origin. */
  readonly known: number;
  /** NaN where nothing was observed. */
  readonly actual: Float64Array;
  /** Mean absolute step from season to season before the origin: the scale of MASE; 1 where there is none. */
  readonly scale: number;
}

/** Everything of one series that the ensemble weighs. */
export interface SeriesPaths extends MemberPaths {
  readonly id: string;
  readonly demand: DemandClass;
  /** Observed values of the history. */
  readonly observed: number;
  readonly nonNegative: boolean;
  /** What one demand is counted in, and variance over mean of the counts; for intermittent demand. */
  readonly unit: number;
  readonly dispersion: number;
  readonly checks: readonly Check[];
}

/** A member must have seen this much before it is tested. */
const MIN_KNOWN = 8;

/** Smoothing takes the one season that the history can tell: the longest of which it holds three. */
function seasonFor(length: number, { seasonLength, seasons }: PathsRequest): number {
  if (seasonLength > 1) return seasonLength;
  return [...seasons].reverse().find((season) => length >= 3 * season) ?? 1;
}

function scaleBefore(observed: Float64Array, end: number, seasonLength: number): number {
  const lag = end > seasonLength ? seasonLength : 1;
  let [sum, count] = [0, 0];
  for (let at = lag; at < end; at++) {
    const step = Math.abs(observed[at]! - observed[at - lag]!);
    if (Number.isNaN(step)) continue;
    sum += step;
    count++;
  }
  return count > 0 && sum > 0 ? sum / count : 1;
}

/** Origins that leave a horizon, half a horizon apart, the latest first; none on a history too short. */
function checkOrigins(length: number, { horizon, checks }: PathsRequest): number[] {
  const stride = Math.max(1, Math.floor(horizon / 2));
  const earliest = Math.max(MIN_KNOWN, Math.floor(length / 2));
  const origins = Array.from({ length: checks }, (_, at) => length - horizon - at * stride);
  return origins.filter((origin, at) => origin >= (at === 0 ? MIN_KNOWN : earliest));
}

/** Runs every member on one series: once from its end, and from origins inside it with less known. */
export function seriesPaths({ id, values }: SeriesInput, request: PathsRequest): SeriesPaths {
  const { horizon, seasonLength, seasons } = request;
  const demand = demandClassOf(values);
  const members = membersOf(demand, seasons);
  const run = (known: FilledHistory): MemberPaths =>
    memberPaths(members, known, seasonFor(known.values.length, request), horizon);
  const history = fillGaps(values, seasonLength);
  const checks = checkOrigins(history.values.length, request).map((origin): Check => {
    // Gaps are filled from what is known at the origin: a value filled by its successor would be a leak.
    const known = fillGaps(history.observed.subarray(0, origin), seasonLength);
    return {
      ...run(known),
      known: origin,
      actual: history.observed.slice(origin, origin + horizon),
      scale: scaleBefore(history.observed, origin, seasonLength),
    };
  });
  const seen = values.filter((value) => !Number.isNaN(value));
  const unit = countUnit(seen);
  return {
    id,
    demand,
    observed: seen.length,
    nonNegative: seen.every((value) => value >= 0),
    unit,
    dispersion: dispersionOf(seen, unit),
    checks,
    ...run(history),
  };
}
