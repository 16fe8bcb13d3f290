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
import type { CovariateSeries } from './covariate-panel.js';
import { hearing, type Heard } from './hearing.js';
import { buildTide } from './tide-network.js';
import {
  drawWindows,
  tideQuantiles,
  tideTrainingInputs,
  tideWindow,
  type Reading,
  type TideWindow,
} from './tide-windows.js';

/** A trained network, how it reads, and what it makes of each covariate. */
export interface TrainedTide {
  readonly reading: Reading;
  readonly graph: Graph;
  /** Added to each trained quantile, as shares of the level. */
  readonly calibration: readonly number[];
  readonly heard: readonly Heard[];
}

interface Source {
  readonly series: CovariateSeries;
  /** Origins `from <= origin < to`; values from `to` on are held out. */
  readonly from: number;
  readonly to: number;
}

/** Few series are held to account for longer, so that something can be said. */
const FEW_SERIES = 30;

/** Series that can be trained on, the last of their values held out. */
function sourcesOf({ panel, config }: Reading): Source[] {
  const { inputSize, horizon } = config;
  const zone = panel.series.length < FEW_SERIES ? 3 * horizon : horizon;
  return panel.series.flatMap((series) => {
    const { length } = series.values;
    const to = length - (length >= inputSize / 2 + 3 * horizon + zone ? zone : 0);
    let seen = 0;
    const from = series.values.findIndex((value) => !Number.isNaN(value) && ++seen === 3) + 1;
    return seen < 3 || from >= to ? [] : [{ series, from, to }];
  });
}

/** Windows of what training did not see. */
function heldOut(sources: readonly Source[], reading: Reading): TideWindow[] {
  const stride = Math.max(1, reading.config.horizon >> 1);
  return sources.flatMap(({ series, to }) => {
    const windows: TideWindow[] = [];
    for (let at = to; at < series.values.length; at += stride) {
      const window = tideWindow(reading, { series, at, to: series.values.length });
      if (window && window.weights.some((weight) => weight > 0)) windows.push(window);
    }
    return windows;
  });
}

async function optimise(
  sources: readonly Source[],
  reading: Reading,
  random: Random,
  engine: Engine,
): Promise<Graph> {
  const { config, channels } = reading;
  const network = buildTide(config, channelWidth(channels), random.fork(1));
  const draws = random.fork(2);
  const trainer = await openTrainer(engine, network.training);
  try {
    let loss = NaN;
    for (let step = 0; step < config.steps; step++) {
      const batch = tideTrainingInputs(drawWindows(sources, reading, draws), reading);
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
 * Trains the network, asks of each covariate whether it helped on what was held out, and trains anew without those that did not: what
 * is not heard moves no forecast.
 *
 * @throws {ForecastingError} INVALID_PANEL when no series can be trained on
 */
export async function trainTide(
  panel: Reading['panel'],
  config: Reading['config'],
  random: Random,
  engine: Engine,
): Promise<TrainedTide> {
  const reading: Reading = { panel, config, channels: channelsOf(panel), calendar: calendarIn(panel) };
  const first = await trainedOn(reading, random, engine);
  const heard = await first.ask(random.fork(3));
  const isKept = heard.map(({ isHeard }) => isHeard);
  if (isKept.every(Boolean)) return { reading, graph: first.graph, calibration: first.calibration, heard };
  const less: Reading = {
    ...reading,
    panel: onlyHeard(panel, isKept),
    channels: reading.channels.filter((_, at) => isKept[at]),
  };
  const { graph, calibration } = await trainedOn(less, random, engine);
  return { reading: less, graph, calibration, heard };
}

/** The panel without the covariates that are not kept. */
export function onlyHeard(panel: Reading['panel'], isKept: readonly boolean[]): Reading['panel'] {
  const kept = <Value>(values: readonly Value[]): Value[] => values.filter((_, at) => isKept[at]);
  const series = panel.series.map((one) => ({ ...one, covariates: kept(one.covariates) }));
  return { ...panel, covariates: kept(panel.covariates), series };
}

async function trainedOn(reading: Reading, random: Random, engine: Engine) {
  const sources = sourcesOf(reading);
  if (sources.length === 0)
    throw new ForecastingError('INVALID_PANEL', 'no series has three observed values and one after them');
  const graph = await optimise(sources, reading, random, engine);
  const windows = heldOut(sources, reading);
  const session = await engine.load(encodeModel(graph));
  try {
    const rows = await tideQuantiles(session, windows, reading);
    return { graph, calibration: calibrationOf(errorsOf(windows, rows)), ask };
  } finally {
    await session.dispose();
  }

  async function ask(draws: Random): Promise<Heard[]> {
    const asked = await engine.load(encodeModel(graph));
    try {
      return await hearing(asked, windows, reading, draws);
    } finally {
      await asked.dispose();
    }
  }
}

/** For each trained level, actual − quantile of every value that is known. */
function errorsOf(windows: readonly TideWindow[], rows: readonly Float32Array[]): number[][] {
  return TRAINED_LEVELS.map((_, level) =>
    windows.flatMap(({ targets, weights }, at) =>
      [...targets].flatMap((target, step) =>
        weights[step] === 1 ? [target - rows[at]![step * TRAINED_LEVELS.length + level]!] : [],
      ),
    ),
  );
}
