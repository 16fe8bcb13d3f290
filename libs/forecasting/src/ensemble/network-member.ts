import type { Engine, Random } from '@tallyhouse/compute';
import type { SeriesForecast } from '../contract/forecaster.js';
import type { Panel, SeriesInput } from '../contract/panel.js';
import { parseGlobalConfig, type GlobalConfig } from '../global/config.js';
import { boundTo, GLOBAL_NETWORK, type GlobalModel } from '../global/predict.js';
import { trainNetwork } from '../global/train.js';
import { blendOf, type ClassModel } from './class-model.js';
import { naive } from '../methods/naive.js';
import type { MemberPaths } from './member-paths.js';
import type { Member } from './members.js';
import type { Check, PathsRequest, SeriesPaths } from './series-paths.js';

/** What a network needs to take part. */
export interface NetworkOptions {
  readonly engine: Engine;
  readonly random: Random;
  /** Settings other than those that the panel gives. */
  readonly settings?: NetworkSettings;
}

/** Settings of a network that its panel does not give. */
export type NetworkSettings = Partial<Pick<GlobalConfig, 'hidden' | 'steps' | 'batchSize' | 'learningRate'>>;

/** The blend of all members but the network. */
export const STATISTICAL = 'statistical';

/** The two members of the second stage: the blend of the first, and the network. */
export const WITH_NETWORK: readonly Member[] = [
  { name: STATISTICAL, method: naive, prior: 1 },
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

/** What a network says of each series of a panel from its end, a fallback named where it cannot. */
export const networkForecasts = (
  panel: Panel,
  horizon: number,
  model: GlobalModel,
  { engine, random }: Pick<NetworkOptions, 'engine' | 'random'>,
): Promise<SeriesForecast[]> => boundTo(panel, model, engine, random).predict(horizon, []);

/** The network's path; undefined where another method stood in. */
export const pathOf = ({ mean, fallback }: SeriesForecast): Float64Array | undefined =>
  fallback ? undefined : mean;

/** A network that was trained without the last horizon of any series. */
async function trainedBefore(
  panel: Panel,
  { horizon, seasons }: Pick<PathsRequest, 'horizon' | 'seasons'>,
  { engine, random, settings }: NetworkOptions,
): Promise<GlobalModel> {
  const { frequency, seasonLength } = panel;
  const longest = Math.max(seasonLength, ...seasons);
  const inputSize = Math.max(12, 2 * seasonLength, Math.ceil(1.5 * horizon), Math.ceil(1.25 * longest));
  const config = parseGlobalConfig({ frequency, seasonLength, horizon, inputSize, ...settings });
  const known = withoutEnd(panel, horizon);
  const { graph, calibration } = await trainNetwork(known, config, random, engine, false);
  return { config, graph, calibration };
}

/**
 * The blend and the network as the paths of two members; the spread is that of the blend.
 *
 * @param weights of the blend, summing to 1
 */
export function joined(
  from: MemberPaths,
  network: Float64Array | undefined,
  weights: Float64Array,
): MemberPaths {
  const { path, spread } = blendOf(from, weights);
  return {
    paths: Float64Array.of(...path, ...(network ?? path)),
    spreads: Float64Array.of(...spread, ...spread),
  };
}

/** Series with the blend and the network for members, and that network. */
export interface JoinedByNetwork {
  readonly series: readonly SeriesPaths[];
  readonly network: GlobalModel;
}

/**
 * Adds a network trained across the series to their blend. It is trained without the last horizon, judged
 * on that and then run from the end as it is. At checks other than the one that leaves a whole horizon,
 * training has seen what came: there the blend speaks for the network too, as where the network cannot
 * forecast, so that they teach no weight and still tell how wrong the blend was.
 *
 * @param series of one class, with the model of their blend, in the order of `panel`
 */
export async function withNetwork(
  panel: Panel,
  series: readonly SeriesPaths[],
  { weights }: ClassModel,
  request: Pick<PathsRequest, 'horizon' | 'seasons'>,
  options: NetworkOptions,
): Promise<JoinedByNetwork> {
  const { horizon } = request;
  const network = await trainedBefore(panel, request, options);
  const predict = async (histories: Panel): Promise<(Float64Array | undefined)[]> =>
    (await networkForecasts(histories, horizon, network, options)).map(pathOf);
  const check = await predict(withoutEnd(panel, horizon));
  const final = await predict(panel);
  const joint = series.map((one, at) => {
    const checks = one.checks.map((each, index): Check => ({
      ...each,
      ...joined(each, index === 0 ? check[at] : undefined, weights),
    }));
    return { ...one, checks, ...joined(one, final[at], weights) };
  });
  return { series: joint, network };
}
