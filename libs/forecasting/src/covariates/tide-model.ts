import { GraphBuilder, seededRandom, type Graph } from '@tallyhouse/compute';
import { ForecastingError } from '../forecasting.errors.js';
import type { GlobalConfig } from '../global/config.js';
import { isSameNetwork } from '../global/network.js';
import { channelWidth, type Channel } from './channels.js';
import type { Covariate } from './covariate-panel.js';
import type { Heard } from './hearing.js';
import { emitTide, TIDE_GRAPH } from './tide-network.js';

/** Name of the network with covariates in artifacts, reports and forecasts. */
export const TIDE = 'tide';

/** All that a forecast with covariates needs: the weights, the settings, the calibration, and how each covariate is read. */
export interface TideModel {
  readonly config: GlobalConfig;
  readonly graph: Graph;
  readonly calibration: readonly number[];
  /** Those that training was given, in the order in which a panel must have them. */
  readonly covariates: readonly Covariate[];
  /** What each of them was worth. */
  readonly heard: readonly Heard[];
  /** How those that were heard are read. */
  readonly channels: readonly Channel[];
}

/**
 * Refuses a graph that is not the network of these settings and covariates.
 *
 * @throws {ForecastingError} ARTIFACT_UNREADABLE
 */
export function assertTideGraph({ graph, config, channels }: TideModel): void {
  const g = new GraphBuilder(TIDE_GRAPH);
  const quantiles = emitTide(g, config, channelWidth(channels), seededRandom(0));
  if (isSameNetwork(graph, g.build({ quantiles }))) return;
  throw new ForecastingError(
    'ARTIFACT_UNREADABLE',
    'the graph is not the network that the settings and covariates describe',
  );
}
