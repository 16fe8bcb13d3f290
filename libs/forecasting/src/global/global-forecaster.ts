import type { Engine } from '@tallyhouse/compute';
import type { ForecastContext, Forecaster } from '../contract/forecaster.js';
import { assertPanel, type Panel } from '../contract/panel.js';
import { ForecastingError } from '../forecasting.errors.js';
import { parseGlobalConfig, type GlobalConfig } from './config.js';
import { boundTo, GLOBAL_NETWORK, type GlobalModel } from './predict.js';
import { trainNetwork } from './train.js';

/** Turns a trained model into the bytes of an artifact. */
export type ModelWriter = (model: GlobalModel) => Uint8Array;

function engineOf({ engine }: ForecastContext): Engine {
  if (engine) return engine;
  throw new ForecastingError('ENGINE_REQUIRED', 'the global network needs an engine in its context');
}

/**
 * One network trained across all series of a panel. The horizon of the settings is what it forecasts
 * at once. Its fitted form gives the artifact where `write` says how.
 *
 * @throws {ForecastingError} from `fit`: ENGINE_REQUIRED, INVALID_OPTIONS, INVALID_PANEL
 */
export function globalForecaster(
  settings: Partial<GlobalConfig> & Pick<GlobalConfig, 'horizon'>,
  write?: ModelWriter,
): Forecaster {
  return {
    name: GLOBAL_NETWORK,
    async fit(panel, context) {
      assertPanel(panel);
      const { frequency, seasonLength } = panel;
      const config = parseGlobalConfig({ ...settings, frequency, seasonLength });
      const engine = engineOf(context);
      const { graph, calibration } = await trainNetwork(panel, config, context.rng, engine);
      const model = { config, graph, calibration };
      const fitted = boundTo(panel, model, engine, context.rng);
      return write ? { ...fitted, toArtifact: () => write(model) } : fitted;
    },
  };
}

function assertSameKind(panel: Panel, { frequency, seasonLength }: GlobalConfig): void {
  if (panel.frequency === frequency && panel.seasonLength === seasonLength) return;
  throw new ForecastingError(
    'INVALID_PANEL',
    `the network was trained on ${frequency} series of season ${seasonLength}, ` +
      `the panel is ${panel.frequency} of season ${panel.seasonLength}`,
  );
}

/** A network that was trained before: `fit` takes the histories and learns nothing. */
export function trainedForecaster(model: GlobalModel, engine: Engine): Forecaster {
  return {
    name: GLOBAL_NETWORK,
    async fit(panel, { rng }) {
      assertPanel(panel);
      assertSameKind(panel, model.config);
      return boundTo(panel, model, engine, rng);
    },
  };
}
