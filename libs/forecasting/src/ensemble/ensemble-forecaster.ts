import { assertRequest, type FittedForecaster, type Forecaster } from '../contract/forecaster.js';
import { assertPanel, type Panel } from '../contract/panel.js';
import type { GlobalModel } from '../global/predict.js';
import { CHECKS_WANTED, classModel, type ClassModel } from './class-model.js';
import type { DemandClass } from './demand-class.js';
import { ENSEMBLE, forecastOf } from './joined-forecast.js';
import { membersOf, type Member } from './members.js';
import { networkFits, withNetwork, WITH_NETWORK, type NetworkOptions } from './network-member.js';
import { runInline, type PathsRunner } from './paths-runner.js';
import type { PathsRequest, SeriesPaths } from './series-paths.js';

export interface EnsembleOptions {
  /** Periods of each season, shortest first, for members that see several: [24, 168] for hours. Default the panel's. */
  readonly seasons?: readonly number[];
  /** Where the members run; in this thread by default. */
  readonly runner?: PathsRunner;
  /** With it, a network is trained across the series of smooth demand and takes the share that it earns. */
  readonly network?: NetworkOptions;
  /** Told when a phase begins, so that a caller with a clock can say what took how long. */
  readonly onPhase?: (phase: EnsemblePhase) => void;
}

/** What an ensemble is doing: running members, training a network, joining them. */
export type EnsemblePhase = 'members' | 'network' | 'weights';

/** What a fitted ensemble gives beside forecasts. */
export interface FittedEnsemble extends FittedForecaster {
  /** Weights by member of each class that occurs, for the horizon asked for. */
  weights(horizon: number): Promise<ClassWeights>;
}

/** Weight by member of each class that occurs. */
export type ClassWeights = Partial<Record<DemandClass, Readonly<Record<string, number>>>>;

/** A panel of few series is checked at more origins, up to this many. */
const MAX_CHECKS = 8;
/** Histories of ten horizons are checked at four origins: one alone may fall on an odd time. */
const LONG_HISTORY = 10;
const CHECKS_OF_LONG = 4;

/** The series of one class, what they are joined from and how. */
export interface WeighedClass {
  readonly series: readonly SeriesPaths[];
  readonly model: ClassModel;
  /** Weight by member; the network's share is of the whole, the others' of what it leaves. */
  readonly named: Readonly<Record<string, number>>;
  /** The network that takes part, where one does. */
  readonly network?: GlobalModel;
}

function checksFor({ series }: Panel, horizon: number): number {
  const lengths = series.map(({ values }) => values.length).sort((a, b) => a - b);
  const long = (lengths[lengths.length >> 1] ?? 0) >= LONG_HISTORY * horizon;
  const byCount = Math.ceil(CHECKS_WANTED / Math.max(1, series.length));
  return Math.min(MAX_CHECKS, Math.max(long ? CHECKS_OF_LONG : 1, byCount));
}

const namedWeights = (members: readonly Member[], { weights }: ClassModel): Record<string, number> =>
  Object.fromEntries(members.map(({ name }, at) => [name, weights[at]!]));

async function weighClass(
  demand: DemandClass,
  series: readonly SeriesPaths[],
  panel: Panel,
  request: PathsRequest,
  { network, onPhase }: EnsembleOptions,
): Promise<WeighedClass> {
  const members = membersOf(demand, request.seasons);
  const model = classModel(demand, series, members);
  const named = namedWeights(members, model);
  const ids = new Set(series.map(({ id }) => id));
  const histories = { ...panel, series: panel.series.filter(({ id }) => ids.has(id)) };
  if (!network || demand !== 'smooth' || !networkFits(histories.series, request.horizon)) {
    return { series, model, named };
  }
  onPhase?.('network');
  const joint = await withNetwork(histories, series, model, request, network);
  onPhase?.('weights');
  const last = classModel(demand, joint.series, WITH_NETWORK);
  return { ...joint, model: last, named: { ...named, ...namedWeights(WITH_NETWORK, last) } };
}

/** Runs the members on a panel and weighs them class by class. */
export async function weigh(
  panel: Panel,
  horizon: number,
  options: EnsembleOptions,
): Promise<WeighedClass[]> {
  const seasons = options.seasons ?? [panel.seasonLength];
  const checks = checksFor(panel, horizon);
  const request: PathsRequest = { horizon, seasonLength: panel.seasonLength, seasons, checks };
  options.onPhase?.('members');
  const series = await (options.runner ?? runInline)(panel.series, request);
  options.onPhase?.('weights');
  const classes: WeighedClass[] = [];
  for (const demand of new Set(series.map((one) => one.demand))) {
    const ofClass = series.filter((one) => one.demand === demand);
    classes.push(await weighClass(demand, ofClass, panel, request, options));
  }
  return classes;
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
      const known = new Map<number, Promise<WeighedClass[]>>();
      const weighed = (horizon: number): Promise<WeighedClass[]> => {
        const running = known.get(horizon) ?? weigh(panel, horizon, options);
        known.set(horizon, running);
        return running;
      };
      return {
        async predict(horizon, levels) {
          assertRequest(horizon, levels);
          const classes = await weighed(horizon);
          const forecasts = classes.flatMap(({ series, model }) =>
            series.map((one) => forecastOf(one, model, levels)),
          );
          const byId = new Map(forecasts.map((forecast) => [forecast.id, forecast]));
          return panel.series.map(({ id }) => byId.get(id)!);
        },
        async weights(horizon) {
          const classes = await weighed(horizon);
          return Object.fromEntries(classes.map(({ model, named }) => [model.demand, named])) as ClassWeights;
        },
      };
    },
  };
}
