import {
  ensembleForecaster,
  type ClassWeights,
  type EnsembleOptions,
  type FittedEnsemble,
} from '../ensemble/ensemble-forecaster.js';
import type { SeriesForecast } from '../contract/forecaster.js';
import { ENSEMBLE } from '../ensemble/joined-forecast.js';
import { memberPaths } from '../ensemble/member-paths.js';
import { membersOf } from '../ensemble/members.js';
import { seededRandom } from '@tallyhouse/compute';
import { fillGaps } from '../series/gaps.js';
import { demandClassOf } from '../ensemble/demand-class.js';
import { BENCHMARKS, benchmarkPath, type Benchmark } from './benchmarks.js';
import { classesOf, type SeriesClass } from './classes.js';
import {
  competitionFigures,
  INTERVAL_LEVELS,
  type CompetitionFigures,
  type IntervalForecast,
} from './figures.js';
import type { FileSeries } from './panel-file.js';

/** A forecast of one series with every level of INTERVAL_LEVELS. */
export type FileForecast = Required<IntervalForecast>;

/** Forecasts of a class of series and how they were joined. */
export interface ClassForecasts {
  readonly kind: SeriesClass;
  readonly forecasts: readonly SeriesForecast[];
  readonly weights: ClassWeights;
}

/** Figures by method: the ensemble and the benchmarks. */
export type FiguresByMethod = Readonly<Record<string, CompetitionFigures>>;

/** Forecasts every series of a file by the ensemble, class by class; only `train` is read. */
export async function forecastFile(
  series: readonly FileSeries[],
  optionsOf: (kind: SeriesClass) => EnsembleOptions,
): Promise<ClassForecasts[]> {
  const made: ClassForecasts[] = [];
  for (const kind of classesOf(series)) {
    const options = { seasons: kind.seasons, ...optionsOf(kind) };
    const fitted = (await ensembleForecaster(options).fit(kind.panel, {
      rng: seededRandom(0),
    })) as FittedEnsemble;
    const forecasts = await fitted.predict(kind.horizon, INTERVAL_LEVELS);
    made.push({ kind, forecasts, weights: await fitted.weights(kind.horizon) });
  }
  return made;
}

/** One series with what every method said of it. */
export interface ForecastSeries {
  readonly series: FileSeries;
  readonly ensemble: FileForecast;
  readonly benchmarks: Readonly<Record<Benchmark, Float64Array>>;
}

/** The forecasts of a class, each beside the benchmarks on the same series. */
export const withBenchmarks = ({ kind, forecasts }: ClassForecasts): ForecastSeries[] =>
  kind.series.map((series, at) => ({
    series,
    ensemble: forecasts[at]!,
    benchmarks: Object.fromEntries(
      BENCHMARKS.map((name) => [name, benchmarkPath(name, series)]),
    ) as ForecastSeries['benchmarks'],
  }));

/** Scores every method on some series. */
export function scoreForecasts(all: readonly ForecastSeries[]): FiguresByMethod {
  const series = all.map((one) => one.series);
  const of = (name: Benchmark): IntervalForecast[] =>
    all.map(({ benchmarks }) => ({ mean: benchmarks[name] }));
  const naive2 = competitionFigures(series, of('naive2'));
  const entries = BENCHMARKS.map((name) => [name, competitionFigures(series, of(name), naive2)] as const);
  const ensemble = all.map((one) => one.ensemble);
  return { [ENSEMBLE]: competitionFigures(series, ensemble, naive2), ...Object.fromEntries(entries) };
}

/** Series of a class that members are timed on. */
const TIMED_SERIES = 100;

/**
 * Seconds for 1,000 series of each member, one origin, one thread, on evenly drawn series of a class.
 *
 * @param nowMs a clock in milliseconds
 */
export function memberSeconds(
  { series, seasons, horizon }: SeriesClass,
  nowMs: () => number,
): Map<string, number> {
  const stride = Math.max(1, Math.floor(series.length / TIMED_SERIES));
  const sample = series.filter((_, at) => at % stride === 0);
  const spent = new Map<string, number>();
  for (const { train, seasonLength } of sample) {
    const history = fillGaps(train, seasonLength);
    for (const member of membersOf(demandClassOf(train), seasons)) {
      const begin = nowMs();
      memberPaths([member], history, seasonLength, horizon);
      spent.set(member.name, (spent.get(member.name) ?? 0) + nowMs() - begin);
    }
  }
  return new Map([...spent].map(([name, ms]) => [name, ms / sample.length]));
}
