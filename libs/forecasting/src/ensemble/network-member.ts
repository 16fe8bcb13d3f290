import type { Engine, Random } from '@tallyhouse/compute';
import type { Panel, SeriesInput } from '../contract/panel.js';
import { parseGlobalConfig, type GlobalConfig } from '../global/config.js';
import { boundTo, GLOBAL_NETWORK } from '../global/predict.js';
import { trainNetwork } from '../global/train.js';
import { blendOf, type ClassModel } from './class-model.js';
import { naive } from '../methods/naive.js';
import type { MemberPaths } from './member-paths.js';
import type { Member } from './members.js';
import type { Check, SeriesPaths } from './series-paths.js';

/** What a network needs to take part. */
export interface NetworkOptions {
  readonly engine: Engine;
  readonly random: Random;
  /** Settings other than those that the panel gives. */
  readonly settings?: Partial<Pick<GlobalConfig, 'hidden' | 'steps' | 'batchSize' | 'learningRate'>>;
}

/** The two members of the second stage: the blend of the first, and the network. */
export const WITH_NETWORK: readonly Member[] = [
  { name: 'statistical', method: naive, prior: 1 },
  { name: GLOBAL_NETWORK, method: naive, prior: 0 },
];

/** Fewer series, or histories of fewer horizons, teach a network nothing that smoothing does not know. */
const FEWEST_SERIES = 20;
const SHORTEST_HISTORY = 6;

/** Whether a network can be trained on the class and tested on what training did not see. */
export function networkFits(series: readonly SeriesInput[], horizon: number): boolean {
  const long = series.filter(({ values }) => values.length >= SHORTEST_HISTORY * horizon);
  return long.length >= FEWEST_SERIES && long.length >= series.length / 2;
}

const withoutEnd = (panel: Panel, horizon: number): Panel => ({
  ...panel,
  series: panel.series.map((one) => ({
    ...one,
    values: one.values.subarray(0, Math.max(0, one.values.length - horizon)),
  })),
});

/** Paths by series of one network, trained without the last horizon: from there and from the end. */
async function networkPaths(
  panel: Panel,
  horizon: number,
  seasons: readonly number[],
  { engine, random, settings }: NetworkOptions,
) {
  const { frequency, seasonLength } = panel;
  const longest = Math.max(seasonLength, ...seasons);
  const inputSize = Math.max(12, 2 * seasonLength, Math.ceil(1.5 * horizon), Math.ceil(1.25 * longest));
  const config = parseGlobalConfig({ frequency, seasonLength, horizon, inputSize, ...settings });
  const known = withoutEnd(panel, horizon);
  const { graph, calibration } = await trainNetwork(known, config, random, engine, false);
  const predict = async (histories: Panel): Promise<Float64Array[]> => {
    const forecasts = await boundTo(histories, { config, graph, calibration }, engine, random).predict(
      horizon,
      [],
    );
    return forecasts.map(({ mean }) => mean);
  };
  return { check: await predict(known), final: await predict(panel) };
}

/** The blend and the network as the paths of two members; the spread is that of the blend. */
function joined(from: MemberPaths, network: Float64Array, weights: Float64Array): MemberPaths {
  const { path, spread } = blendOf(from, weights);
  return { paths: Float64Array.of(...path, ...network), spreads: Float64Array.of(...spread, ...spread) };
}

/**
 * Adds a network trained across the series to their blend. At checks other than the one that leaves a
 * whole horizon, training has seen what came: there the blend speaks for the network too, so that they
 * teach no weight and still tell how wrong the blend was.
 *
 * @param series of one class, with the model of their blend, in the order of `panel`
 */
export async function withNetwork(
  panel: Panel,
  series: readonly SeriesPaths[],
  { weights }: ClassModel,
  request: { readonly horizon: number; readonly seasons: readonly number[] },
  options: NetworkOptions,
): Promise<SeriesPaths[]> {
  const { check, final } = await networkPaths(panel, request.horizon, request.seasons, options);
  return series.map((one, at) => {
    const checks = one.checks.map((each, index): Check => {
      const network = index === 0 ? check[at]! : blendOf(each, weights).path;
      return { ...each, ...joined(each, network, weights) };
    });
    return { ...one, checks, ...joined(one, final[at]!, weights) };
  });
}
