import type { Engine } from '@tallyhouse/compute';
import {
  assertRequest,
  type FittedForecaster,
  type ForecastContext,
  type Forecaster,
  type SeriesForecast,
} from '../contract/forecaster.js';
import { assertPanel, type Panel } from '../contract/panel.js';
import { ForecastingError } from '../forecasting.errors.js';
import { TRAINED_LEVELS } from '../global/config.js';
import type { GlobalModel } from '../global/predict.js';
import type { ClassModel } from './class-model.js';
import { classOf, networkShare, type EnsembleModel } from './ensemble-model.js';
import { ENSEMBLE, forecastOf } from './joined-forecast.js';
import { learnEnsemble, type EnsembleSettings } from './learn-ensemble.js';
import { joined, networkForecasts, pathOf, type NetworkOptions } from './network-member.js';
import { runInline, type PathsRunner } from './paths-runner.js';
import type { SeriesPaths } from './series-paths.js';

/** What an ensemble runs on. */
export interface EnsembleResources {
  /** Where the members run; in this thread by default. */
  readonly runner?: PathsRunner | undefined;
  /** Runs the network; needed where the ensemble has one. */
  readonly engine?: Engine | undefined;
}

function assertSameKind({ seasonLength, network }: EnsembleModel, panel: Panel): void {
  const differs = (what: string, trained: unknown, given: unknown): ForecastingError =>
    new ForecastingError(
      'INVALID_PANEL',
      `the ensemble was trained on series of ${what} ${trained}, the panel is of ${what} ${given}`,
    );
  if (panel.seasonLength !== seasonLength) throw differs('season', seasonLength, panel.seasonLength);
  if (network && panel.frequency !== network.frequency)
    throw differs('frequency', network.frequency, panel.frequency);
}

/** The network of an ensemble; its quantiles are those of the ensemble, so that it needs no calibration. */
const networkOf = ({ network, graph }: EnsembleModel): GlobalModel | undefined =>
  network && graph ? { config: network, graph, calibration: TRAINED_LEVELS.map(() => 0) } : undefined;

/** Methods and network of one series; the methods alone, and why, where the network cannot forecast it. */
function forecastBeside(
  series: SeriesPaths,
  said: SeriesForecast,
  methods: ClassModel,
  share: number,
  levels: readonly number[],
): SeriesForecast {
  const path = pathOf(said);
  if (!path) {
    const forecast = forecastOf(series, methods, levels);
    return forecast.fallback ? forecast : { ...forecast, fallback: said.fallback! };
  }
  const both = { ...methods, weights: Float64Array.of(1 - share, share) };
  return forecastOf({ ...series, ...joined(series, path, methods.weights) }, both, levels);
}

/** What the network says of the series of smooth demand, by id; nothing where there is no network. */
async function networkSays(
  panel: Panel,
  series: readonly SeriesPaths[],
  horizon: number,
  model: GlobalModel | undefined,
  options: Pick<NetworkOptions, 'random'> & { readonly engine: Engine | undefined },
): Promise<Map<string, SeriesForecast>> {
  const smooth = panel.series.filter((_, at) => series[at]!.demand === 'smooth');
  if (!model || smooth.length === 0) return new Map();
  const { engine, random } = options;
  if (!engine) throw new ForecastingError('ENGINE_REQUIRED', 'an ensemble with a network needs an engine');
  const forecasts = await networkForecasts({ ...panel, series: smooth }, horizon, model, { engine, random });
  return new Map(forecasts.map((forecast) => [forecast.id, forecast]));
}

/**
 * An ensemble that learned its weights before: `fit` takes the histories and learns nothing, so that a series is forecast alike
 * whatever others are beside it.
 *
 * @throws {ForecastingError} from `fit`: INVALID_PANEL where the panel has another season, or another spacing than the network;
 * from `predict`: ENGINE_REQUIRED
 */
export function learnedEnsemble(
  model: EnsembleModel,
  { runner = runInline, engine }: EnsembleResources = {},
): Forecaster {
  return {
    name: ENSEMBLE,
    async fit(panel, { rng: random }): Promise<FittedForecaster> {
      assertPanel(panel);
      assertSameKind(model, panel);
      return {
        async predict(horizon, levels) {
          assertRequest(horizon, levels);
          const { seasonLength, seasons } = model;
          const series = await runner(panel.series, { horizon, seasonLength, seasons, checks: 0 });
          const classes = { smooth: classOf(model, 'smooth'), intermittent: classOf(model, 'intermittent') };
          const said = await networkSays(panel, series, horizon, networkOf(model), { engine, random });
          return series.map((one) => {
            const beside = said.get(one.id);
            return beside
              ? forecastBeside(one, beside, classes.smooth, networkShare(model), levels)
              : forecastOf(one, classes[one.demand], levels);
          });
        },
      };
    },
  };
}

/** Learns the weights when it is fitted; its fitted form gives the artifact where `write` says how. */
export function trainableEnsemble(
  settings: EnsembleSettings,
  write?: (model: EnsembleModel) => Uint8Array,
): Forecaster {
  return {
    name: ENSEMBLE,
    async fit(panel, context: ForecastContext) {
      assertPanel(panel);
      const model = await learnEnsemble(panel, settings, context);
      const { runner } = settings;
      const fitted = await learnedEnsemble(model, { runner, engine: context.engine }).fit(panel, context);
      return write ? { ...fitted, toArtifact: () => write(model) } : fitted;
    },
  };
}
