import { intervals, shownCoverages } from './bands.js';
import type { Interval } from './bands.js';
import { startsThrough } from '../format/periods.js';
import { linear, linePath, placesOf, quantityDomain } from './scales.js';
import type { Scale } from './scales.js';

export interface HistoryPoint {
  periodStart: string;
  value: number;
  /** The period is not over: its value is what came so far. */
  isOpen?: boolean;
}

export interface FuturePoint {
  targetStart: string;
  mean: number;
  quantiles: { level: number; value: number }[];
  score: { actual: number } | null;
}

/** One period on the chart: what was observed, what was expected, or both where a forecast has come out. */
export interface Period {
  start: string;
  observed: number | null;
  /** What came so far in a period that is not over; it is no observation yet. */
  soFar: number | null;
  mean: number | null;
  bands: Interval[];
  /** Stock had run out: what was sold is the least that was wanted. */
  isOut: boolean;
}

/**
 * Periods in order of time; an observation inside the forecast span, or a scored outcome, joins its forecast.
 *
 * @param frequency of the periods; those between the others of which nothing is known have their place on the axis too
 * @param outs starts of periods in which stock had run out
 */
export function periods(
  history: readonly HistoryPoint[],
  points: readonly FuturePoint[],
  frequency: string,
  outs: readonly string[] = [],
): Period[] {
  const byStart = new Map<number, Period>();
  for (const one of history) {
    byStart.set(Date.parse(one.periodStart), {
      start: one.periodStart,
      observed: one.isOpen ? null : one.value,
      soFar: one.isOpen ? one.value : null,
      mean: null,
      bands: [],
      isOut: false,
    });
  }
  for (const point of points) {
    const at = Date.parse(point.targetStart);
    const known = byStart.get(at);
    const observed = point.score?.actual ?? known?.observed ?? null;
    byStart.set(at, {
      start: point.targetStart,
      observed,
      soFar: observed === null ? (known?.soFar ?? null) : null,
      mean: point.mean,
      bands: intervals(point.quantiles),
      isOut: false,
    });
  }
  const out = new Set(outs.map((start) => Date.parse(start)));
  const known = [...byStart.keys()].sort((one, other) => one - other);
  return startsThrough(known, frequency).map((at) => ({
    ...(byStart.get(at) ?? unknownPeriod(at)),
    isOut: out.has(at),
  }));
}

function unknownPeriod(at: number): Period {
  const start = new Date(at).toISOString();
  return { start, observed: null, soFar: null, mean: null, bands: [], isOut: false };
}

export interface Frame {
  width: number;
  height: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

export interface Fan {
  x: Scale;
  y: Scale;
  domain: [number, number];
  coverages: number[];
  observedPath: string;
  meanPath: string;
  bandPaths: { coverage: number; path: string }[];
}

/** Paths in pixels. Bands and the mean start at the last observation before them, so that the fan has its hinge. */
export function fan(all: readonly Period[], frame: Frame): Fan {
  const ahead = all.map((period, index) => ({ period, index })).filter(({ period }) => period.mean !== null);
  const coverages = shownCoverages(ahead.map(({ period }) => period.bands));
  const shown = all.flatMap((period) => [
    period.observed,
    period.soFar,
    period.mean,
    ...edges(period, coverages),
  ]);
  const domain = quantityDomain(shown.filter((value) => value !== null));
  const x = placesOf(all.length, frame);
  const y = linear(domain, [frame.height - frame.bottom, frame.top]);
  const hinge = hingeOf(all, ahead[0]?.index);
  const line = (values: readonly (readonly [number, number])[]) =>
    linePath(values.map(([at, value]) => [x(at), y(value)]));
  const means = ahead.map(({ period, index }) => [index, period.mean ?? 0] as const);
  return {
    x,
    y,
    domain,
    coverages,
    observedPath: line(all.flatMap((p, i) => (p.observed === null ? [] : [[i, p.observed] as const]))),
    meanPath: line(hinge ? [hinge, ...means] : means),
    bandPaths: coverages.map((coverage) => {
      const band = ahead.map(({ period, index }) => ({
        index,
        ...period.bands.find((b) => b.coverage === coverage)!,
      }));
      const high = band.map((b) => [b.index, b.high] as const);
      const low = band.map((b) => [b.index, b.low] as const).toReversed();
      return { coverage, path: `${line([...(hinge ? [hinge] : []), ...high, ...low])}Z` };
    }),
  };
}

function hingeOf(all: readonly Period[], first: number | undefined): readonly [number, number] | null {
  const last = all.slice(0, first ?? 0).findLastIndex(({ observed }) => observed !== null);
  return last === -1 ? null : [last, all[last]!.observed!];
}

function edges(period: Period, coverages: readonly number[]): number[] {
  return period.bands
    .filter((band) => coverages.includes(band.coverage))
    .flatMap((band) => [band.low, band.high]);
}
