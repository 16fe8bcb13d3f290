import { assertRequest, type FittedForecaster, type Forecaster } from '../contract/forecaster.js';
import { assertPanel, type Panel } from '../contract/panel.js';
import { ForecastingError } from '../forecasting.errors.js';
import { TRAINED_LEVELS } from '../global/config.js';
import { classModel } from './class-model.js';
import type { DemandClass } from './demand-class.js';
import { weigh } from './ensemble-forecaster.js';
import { classOf, type EnsembleModel, type LearnedClass } from './ensemble-model.js';
import { ENSEMBLE, forecastOf } from './joined-forecast.js';
import { membersOf } from './members.js';
import { runInline, type PathsRunner } from './paths-runner.js';

/** What an ensemble is to learn. */
export interface EnsembleSettings {
  /** Steps ahead that the members are judged on. */
  readonly horizon: number;
  /** Periods of each season, shortest first; default that of the panel. */
  readonly seasons?: readonly number[];
  /** Where the members run; in this thread by default. */
  readonly runner?: PathsRunner;
}

/** Six decimals are as much as weights say, and as people who vote on them can read. */
const legible = (value: number): number => Number(value.toFixed(6));

/** Learns from a panel how to join the members; of a class that does not occur in it, what the literature says. */
export async function learnEnsemble(panel: Panel, settings: EnsembleSettings): Promise<EnsembleModel> {
  const { horizon, runner, seasons = [panel.seasonLength] } = settings;
  const weighed = await weigh(panel, horizon, { seasons, ...(runner ? { runner } : {}) });
  const learned = (demand: DemandClass): LearnedClass => {
    const members = membersOf(demand, seasons);
    const model =
      weighed.find((one) => one.model.demand === demand)?.model ?? classModel(demand, [], members);
    let floor = -Infinity;
    return {
      weights: Object.fromEntries(members.map(({ name }, at) => [name, legible(model.weights[at]!)])),
      spreads: TRAINED_LEVELS.map((level) => (floor = Math.max(floor, legible(model.spreadsAt(level))))),
      dispersion: legible(model.dispersion),
    };
  };
  const classes = { smooth: learned('smooth'), intermittent: learned('intermittent') };
  return { seasonLength: panel.seasonLength, seasons, horizon, classes };
}

/**
 * An ensemble that learned its weights before: `fit` takes the histories and learns nothing, so that a series is forecast alike
 * whatever others are beside it.
 *
 * @throws {ForecastingError} from `fit`: INVALID_PANEL where the panel has another season
 */
export function learnedEnsemble(model: EnsembleModel, runner: PathsRunner = runInline): Forecaster {
  return {
    name: ENSEMBLE,
    async fit(panel): Promise<FittedForecaster> {
      assertPanel(panel);
      if (panel.seasonLength !== model.seasonLength)
        throw new ForecastingError(
          'INVALID_PANEL',
          `the ensemble was trained on series of season ${model.seasonLength}, the panel is of season ${panel.seasonLength}`,
        );
      return {
        async predict(horizon, levels) {
          assertRequest(horizon, levels);
          const { seasonLength, seasons } = model;
          const series = await runner(panel.series, { horizon, seasonLength, seasons, checks: 0 });
          const classes = { smooth: classOf(model, 'smooth'), intermittent: classOf(model, 'intermittent') };
          return series.map((one) => forecastOf(one, classes[one.demand], levels));
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
    async fit(panel, context) {
      assertPanel(panel);
      const model = await learnEnsemble(panel, settings);
      const fitted = await learnedEnsemble(model, settings.runner).fit(panel, context);
      return write ? { ...fitted, toArtifact: () => write(model) } : fitted;
    },
  };
}
