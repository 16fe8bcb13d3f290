import {
  encodeModel,
  openTrainer,
  withParameters,
  type Engine,
  type Graph,
  type Random,
} from '@tallyhouse/compute';
import type { Panel } from '../contract/panel.js';
import { ForecastingError } from '../forecasting.errors.js';
import { drawBatch, sourcesOf } from './batches.js';
import { TRAINED_LEVELS, type GlobalConfig } from './config.js';
import { heldOutErrors } from './hold-out.js';
import { buildNetwork, type Network } from './network.js';
import { calibrationOf } from './quantile-grid.js';

/** A trained network and what makes its quantiles hold. */
export interface TrainedNetwork {
  /** The inference graph with its weights. */
  readonly graph: Graph;
  /** Added to each trained quantile, in scaled units. */
  readonly calibration: readonly number[];
  /** Loss of the first and of the last step, in scaled units. */
  readonly loss: { readonly first: number; readonly last: number };
}

/** Half a cosine from the full rate to a hundredth of it. */
export function rateAt(step: number, { steps, learningRate }: GlobalConfig): number {
  const progress = steps > 1 ? step / (steps - 1) : 1;
  return learningRate * (0.01 + 0.99 * 0.5 * (1 + Math.cos(Math.PI * progress)));
}

async function optimise(
  network: Network,
  panel: Panel,
  config: GlobalConfig,
  random: Random,
  engine: Engine,
  calibrated: boolean,
): Promise<Pick<TrainedNetwork, 'graph' | 'loss'>> {
  const sources = sourcesOf(panel, config, calibrated);
  if (sources.length === 0) {
    throw new ForecastingError('INVALID_PANEL', 'no series has three observed values and one after them');
  }
  const trainer = await openTrainer(engine, network.training);
  try {
    let [first, last] = [NaN, NaN];
    for (let step = 0; step < config.steps; step++) {
      const batch = drawBatch(sources, config, random).trainingInputs();
      last = await trainer.step(batch, rateAt(step, config));
      if (step === 0) first = last;
    }
    if (!Number.isFinite(last)) {
      throw new ForecastingError('INVALID_FORECAST', `training did not converge: the last loss is ${last}`);
    }
    const graph = withParameters(network.inference, await trainer.parameters());
    return { graph, loss: { first, last } };
  } finally {
    await trainer.dispose();
  }
}

/**
 * Trains the network on all series of the panel and calibrates it on the last horizon of those long
 * enough, which training does not see. The same panel, settings, random stream and engine give the
 * same weights.
 *
 * @param calibrated false to train on all values and leave the quantiles as learnt, where the caller
 * has intervals of its own
 * @throws {ForecastingError} INVALID_PANEL when no series can be trained on; INVALID_FORECAST when the
 * loss is not finite
 */
export async function trainNetwork(
  panel: Panel,
  config: GlobalConfig,
  random: Random,
  engine: Engine,
  calibrated = true,
): Promise<TrainedNetwork> {
  const network = buildNetwork(config, random.fork(1));
  const { graph, loss } = await optimise(network, panel, config, random.fork(2), engine, calibrated);
  if (!calibrated) return { graph, loss, calibration: TRAINED_LEVELS.map(() => 0) };
  const session = await engine.load(encodeModel(graph));
  try {
    return { graph, loss, calibration: calibrationOf(await heldOutErrors(session, panel, config)) };
  } finally {
    await session.dispose();
  }
}
