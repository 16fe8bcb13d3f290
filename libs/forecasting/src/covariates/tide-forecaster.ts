import type { Engine, Random } from '@tallyhouse/compute';
import type { FittedForecaster, Forecaster } from '../contract/forecaster.js';
import { ForecastingError } from '../forecasting.errors.js';
import { parseGlobalConfig, type GlobalConfig } from '../global/config.js';
import { assertCovariates, assertSameCovariates, type CovariatePanel } from './covariate-panel.js';
import type { Heard } from './hearing.js';
import { TIDE, type TideModel } from './tide-model.js';
import { tideBound } from './tide-predict.js';
import { trainTide } from './tide-train.js';
import { withChanges, type ChangedStep, type CovariateChange } from './what-if.js';

/** A network that knows what will be known. */
export interface FittedTide extends FittedForecaster {
  /** What each covariate was worth on values that training had not seen. */
  readonly heard: readonly Heard[];
  /**
   * The same network where some covariates will be others. One that was not heard changes nothing.
   *
   * @param isChanged in which steps, all where left out
   * @throws {ForecastingError} INVALID_OPTIONS on a covariate that is not known
   */
  whatIf(changes: readonly CovariateChange[], isChanged?: ChangedStep): FittedForecaster;
}

/** A forecaster that answers what if. */
export interface TideForecaster extends Forecaster {
  fit(...given: Parameters<Forecaster['fit']>): Promise<FittedTide>;
}

/** Turns a trained model into the bytes of an artifact. */
type TideWriter = (model: TideModel) => Uint8Array;

/**
 * One network across all series of a panel that has covariates, known for the whole horizon. Covariates that did not help on held-out
 * values are left out and said in `heard`. The point forecast is the median; the horizon of the settings is what it forecasts at
 * once. Its fitted form gives the artifact where `write` says how.
 *
 * @throws {ForecastingError} from `fit`: ENGINE_REQUIRED, INVALID_OPTIONS, INVALID_PANEL
 */
export function tideForecaster(
  settings: Partial<GlobalConfig> & Pick<GlobalConfig, 'horizon'>,
  write?: TideWriter,
): TideForecaster {
  return {
    name: TIDE,
    async fit(panel, { rng, engine }) {
      assertCovariates(panel, settings.horizon);
      const { frequency, seasonLength, covariates } = panel;
      const config = parseGlobalConfig({ ...settings, frequency, seasonLength });
      if (!engine)
        throw new ForecastingError('ENGINE_REQUIRED', 'the network with covariates needs an engine');
      const model = { ...(await trainTide(panel, config, rng, engine)), covariates };
      const fitted = fittedTide(model, panel, engine, rng);
      return write ? { ...fitted, toArtifact: () => write(model) } : fitted;
    },
  };
}

/** A network with covariates that was trained before: `fit` takes histories and plans and learns nothing. */
export function trainedTide(model: TideModel, engine: Engine): TideForecaster {
  return {
    name: TIDE,
    async fit(panel, { rng }) {
      const { frequency, seasonLength, horizon } = model.config;
      assertCovariates(panel, horizon);
      if (panel.frequency !== frequency || panel.seasonLength !== seasonLength)
        throw new ForecastingError(
          'INVALID_PANEL',
          `the network was trained on ${frequency} series of season ${seasonLength}, the panel is ${panel.frequency} of season ${panel.seasonLength}`,
        );
      assertSameCovariates(panel.covariates, model.covariates);
      return fittedTide(model, panel, engine, rng);
    },
  };
}

const fittedTide = (model: TideModel, panel: CovariatePanel, engine: Engine, rng: Random): FittedTide => ({
  heard: model.heard,
  ...tideBound(model, panel, engine, rng),
  whatIf: (changes, isChanged) => tideBound(model, withChanges(panel, changes, isChanged), engine, rng),
});
