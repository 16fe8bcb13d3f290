import {
  encodeModel,
  openTrainer,
  withParameters,
  type Engine,
  type Graph,
  type Random,
} from '@tallyhouse/compute';
import { ForecastingError } from '../forecasting.errors.js';
import { TRAINED_LEVELS } from '../global/config.js';
import { calibrationOf } from '../global/quantile-grid.js';
import { rateAt } from '../global/train.js';
import { calendarIn, channelsOf, channelWidth } from './channels.js';
import { onlyHeard } from './covariate-panel.js';
import { hearing, type Heard } from './hearing.js';
import type { TideModel } from './tide-model.js';
import { buildTide } from './tide-network.js';
import { heldOut, sourcesOf, type Source } from './tide-sources.js';
import {
  tideQuantiles,
  tideTrainingInputs,
  windowDrawer,
  type Reading,
  type TideWindow,
} from './tide-windows.js';

/** Few series are held to account for longer, so that something can be said. */
const FEW_SERIES = 30;

async function optimise(
  sources: readonly Source[],
  reading: Reading,
  random: Random,
  engine: Engine,
): Promise<Graph> {
  if (sources.length === 0)
    throw new ForecastingError('INVALID_PANEL', 'no series has three observed values and one after them');
  const { config, channels } = reading;
  const network = buildTide(config, channelWidth(channels), random.fork(1));
  const draws = random.fork(2);
  const drawBatch = windowDrawer(sources, reading);
  const trainer = await openTrainer(engine, network.training);
  try {
    let loss = NaN;
    for (let step = 0; step < config.steps; step++) {
      const batch = tideTrainingInputs(drawBatch(draws), reading);
      loss = await trainer.step(batch, rateAt(step, config));
    }
    if (!Number.isFinite(loss))
      throw new ForecastingError('INVALID_FORECAST', `training did not converge: the last loss is ${loss}`);
    return withParameters(network.inference, await trainer.parameters());
  } finally {
    await trainer.dispose();
  }
}

/**
 * Trains the network, asks of each covariate whether it helped on what was held out, and leaves out those that did not: what is not heard
 * moves no forecast. How wide the intervals must be is learnt from networks that did not see the last one, two or (few
 * series) three horizons; the network that forecasts has seen all.
 *
 * @throws {ForecastingError} INVALID_PANEL when no series can be trained on
 */
export async function trainTide(
  panel: Reading['panel'],
  config: Reading['config'],
  random: Random,
  engine: Engine,
): Promise<Omit<TideModel, 'covariates'>> {
  const all: Reading = { panel, config, channels: channelsOf(panel), calendar: calendarIn(panel) };
  const isFew = panel.series.length < FEW_SERIES;
  const zone = (isFew ? 3 : 1) * config.horizon;
  const judge = await optimise(sourcesOf(all, zone), all, random, engine);
  const heard = await heardBy(judge, all, zone, { random: random.fork(3), engine });
  const isKept = heard.map(({ isHeard }) => isHeard);
  const reading: Reading = {
    ...all,
    panel: onlyHeard(panel, isKept),
    channels: all.channels.filter((_, at) => isKept[at]),
  };
  const errors: number[][][] = [];
  for (let back = config.horizon; back <= (isFew ? 3 : 2) * config.horizon; back += config.horizon) {
    const sources = sourcesOf(reading, back);
    const isTrained = back === zone && isKept.every(Boolean);
    const graph = isTrained ? judge : await optimise(sources, reading, random, engine);
    errors.push(await errorsOf(graph, heldOut(sources, reading, config.horizon), reading, engine));
  }
  const pooled = TRAINED_LEVELS.map((_, level) => errors.flatMap((fold) => fold[level]!));
  const graph = await optimise(sourcesOf(reading, 0), reading, random, engine);
  return { config, graph, calibration: calibrationOf(pooled), heard, channels: reading.channels };
}

async function heardBy(
  graph: Graph,
  reading: Reading,
  zone: number,
  { random, engine }: { readonly random: Random; readonly engine: Engine },
): Promise<Heard[]> {
  const stride = Math.max(1, reading.config.horizon >> 1);
  const windows = heldOut(sourcesOf(reading, zone), reading, stride);
  const session = await engine.load(encodeModel(graph));
  try {
    return await hearing(session, windows, reading, random);
  } finally {
    await session.dispose();
  }
}

/** For each trained level, actual − quantile of every value that is known. */
async function errorsOf(
  graph: Graph,
  windows: readonly TideWindow[],
  reading: Reading,
  engine: Engine,
): Promise<number[][]> {
  const session = await engine.load(encodeModel(graph));
  try {
    const rows = await tideQuantiles(session, windows, reading);
    return TRAINED_LEVELS.map((_, level) =>
      windows.flatMap(({ targets, weights }, at) =>
        [...targets].flatMap((target, step) =>
          weights[step] === 1 ? [target - rows[at]![step * TRAINED_LEVELS.length + level]!] : [],
        ),
      ),
    );
  } finally {
    await session.dispose();
  }
}
