import {
  assertRequest,
  type Fallback,
  type FittedForecaster,
  type Forecaster,
  type SeriesForecast,
} from '../contract/forecaster.js';
import { assertPanel, type Panel } from '../contract/panel.js';
import { blendOf, classModel, quantilesOf, type ClassModel } from './class-model.js';
import type { DemandClass } from './demand-class.js';
import { membersOf } from './members.js';
import { runInline, type PathsRunner } from './paths-runner.js';
import type { PathsRequest, SeriesPaths } from './series-paths.js';

/** Name of the forecaster. */
export const ENSEMBLE = 'ensemble';

export interface EnsembleOptions {
  /** Periods of each season, shortest first, for members that see several: [24, 168] for hours. Default the panel's. */
  readonly seasons?: readonly number[];
  /** Where the members run; in this thread by default. */
  readonly runner?: PathsRunner;
}

/** What a fitted ensemble gives beside forecasts. */
export interface FittedEnsemble extends FittedForecaster {
  /** Weights by member of each class that occurs, for the horizon asked for. */
  weights(horizon: number): Promise<Partial<Record<DemandClass, Readonly<Record<string, number>>>>>;
}

/** Checks of all series together that a class needs; a panel of few series is checked at more origins. */
const CHECKS_WANTED = 60;
const MAX_CHECKS = 8;
/** Histories of ten horizons are checked at four origins: one alone may fall on an odd time. */
const LONG_HISTORY = 10;
const CHECKS_OF_LONG = 4;

function fallbackOf({ observed, id }: SeriesPaths): Fallback | undefined {
  if (observed === 0) return { from: ENSEMBLE, reason: `no observed value in ${id}` };
  if (observed < 3) return { from: ENSEMBLE, reason: `${observed} observed values, the members need 3` };
  return undefined;
}

function forecastOf(series: SeriesPaths, model: ClassModel, levels: readonly number[]): SeriesForecast {
  const blend = blendOf(series, model.weights);
  const held = (value: number): number => (series.nonNegative ? Math.max(0, value) : value);
  const fallback = fallbackOf(series);
  return {
    id: series.id,
    mean: blend.path.map(held),
    quantiles: quantilesOf(series, blend, model, levels).map((path) => path.map(held)),
    method: fallback ? (series.observed === 0 ? 'zero' : 'naive') : ENSEMBLE,
    ...(fallback ? { fallback } : {}),
  };
}

interface Weighed {
  readonly series: readonly SeriesPaths[];
  readonly models: ReadonlyMap<DemandClass, ClassModel>;
}

function checksFor({ series }: Panel, horizon: number): number {
  const lengths = series.map(({ values }) => values.length).sort((a, b) => a - b);
  const long = (lengths[lengths.length >> 1] ?? 0) >= LONG_HISTORY * horizon;
  const byCount = Math.ceil(CHECKS_WANTED / Math.max(1, series.length));
  return Math.min(MAX_CHECKS, Math.max(long ? CHECKS_OF_LONG : 1, byCount));
}

async function weigh(panel: Panel, horizon: number, options: EnsembleOptions): Promise<Weighed> {
  const seasons = options.seasons ?? [panel.seasonLength];
  const checks = checksFor(panel, horizon);
  const request: PathsRequest = { horizon, seasonLength: panel.seasonLength, seasons, checks };
  const series = await (options.runner ?? runInline)(panel.series, request);
  const models = new Map<DemandClass, ClassModel>();
  for (const demand of new Set(series.map((one) => one.demand))) {
    const ofClass = series.filter((one) => one.demand === demand);
    models.set(demand, classModel(demand, ofClass, membersOf(demand, seasons)));
  }
  return { series, models };
}

/**
 * Statistical methods joined by weights. The series of a panel fall into classes by how their demand
 * comes; each class has one set of weights, learnt on what the members said from origins inside the
 * histories (no value after an origin is seen by any of them), drawn towards a prior where that says
 * little. Intervals are conformal: errors of the blend at those origins, pooled over the class, in
 * units of each series' own spread.
 *
 * @example
 * const fitted = await ensembleForecaster().fit(panel, { rng: seededRandom(1) });
 * const [forecast] = await fitted.predict(18, [0.025, 0.1, 0.5, 0.9, 0.975]);
 */
export function ensembleForecaster(options: EnsembleOptions = {}): Forecaster {
  return {
    name: ENSEMBLE,
    async fit(panel): Promise<FittedEnsemble> {
      assertPanel(panel);
      const known = new Map<number, Promise<Weighed>>();
      const weighed = (horizon: number): Promise<Weighed> => {
        const running = known.get(horizon) ?? weigh(panel, horizon, options);
        known.set(horizon, running);
        return running;
      };
      return {
        async predict(horizon, levels) {
          assertRequest(horizon, levels);
          const { series, models } = await weighed(horizon);
          return series.map((one) => forecastOf(one, models.get(one.demand)!, levels));
        },
        async weights(horizon) {
          const { models } = await weighed(horizon);
          const seasons = options.seasons ?? [panel.seasonLength];
          const named = [...models.values()].map(({ demand, weights }) => {
            const names = membersOf(demand, seasons).map(({ name }, at) => [name, weights[at]!]);
            return [demand, Object.fromEntries(names) as Record<string, number>];
          });
          return Object.fromEntries(named) as Partial<Record<DemandClass, Record<string, number>>>;
        },
      };
    },
  };
}
