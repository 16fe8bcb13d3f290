import type { Forecaster, SeriesForecast } from '../contract/forecaster.js';
import type { Panel } from '../contract/panel.js';
import type { Hierarchy } from '../hierarchy/hierarchy.js';
import { normalQuantile } from '../intervals/normal.js';
import { median } from '../methods/local-method.js';
import { newcomersOf, ownLevel, type Newcomer } from './peers.js';

/** Name of the method in forecasts. */
const COLD_START = 'cold-start';
/** The level of a group counts as so many values of a newcomer's own. */
const GROUP_WORTH = 4;
/** Least spread of levels in a group, in logarithms: three alike peers do not make a certainty. */
const LEAST_SPREAD = 0.3;

interface Level {
  readonly value: number;
  /** Standard deviation of its logarithm. */
  readonly spread: number;
}

function levelOf(newcomer: Newcomer, panel: Panel): Level {
  const logs = newcomer.peers.map(({ level }) => Math.log(level));
  const middle = median(logs);
  const among = Math.sqrt(logs.reduce((sum, log) => sum + (log - middle) ** 2, 0) / (logs.length - 1));
  const own = ownLevel(newcomer, panel);
  const share = Number.isNaN(own) ? 0 : newcomer.observed / (newcomer.observed + GROUP_WORTH);
  return {
    value: (share > 0 ? share * own : 0) + (1 - share) * Math.exp(middle),
    spread: Math.max(LEAST_SPREAD, among) * Math.sqrt(1 - share),
  };
}

/** Joins two causes of distance from the mean, as independent errors join; both are on one side of 1. */
function apart(ofShape: number, ofLevel: number): number {
  const distance = Math.hypot(ofShape - 1, ofLevel - 1);
  return Math.max(0, 1 + (ofLevel >= 1 ? distance : -distance));
}

function quantileFactor(
  peers: readonly SeriesForecast[],
  index: number,
  step: number,
  ofLevel: number,
): number {
  const usual = peers.flatMap(({ mean, quantiles }) =>
    mean[step]! > 0 ? [quantiles[index]![step]! / mean[step]!] : [],
  );
  const ofShape = usual.length === 0 ? 1 : median(usual);
  // Where demand comes in lumps even an upper quantile of peers may lie below their mean: it then says nothing of width.
  return apart(ofShape >= 1 === ofLevel >= 1 ? ofShape : 1, ofLevel);
}

function pathsOf(
  newcomer: Newcomer,
  { value, spread }: Level,
  peers: readonly SeriesForecast[],
  levels: readonly number[],
): Pick<SeriesForecast, 'mean' | 'quantiles'> {
  const shape = (step: number): number =>
    median(peers.map(({ mean }, at) => mean[step]! / newcomer.peers[at]!.level));
  const mean = peers[0]!.mean.map((_, step) => Math.max(0, value * shape(step)));
  let floor = new Float64Array(mean.length);
  const quantiles = levels.map((level, index) => {
    const ofLevel = Math.exp(spread * normalQuantile(level));
    floor = mean.map((middle, step) =>
      Math.max(floor[step]!, middle * quantileFactor(peers, index, step, ofLevel)),
    );
    return floor;
  });
  return { mean, quantiles };
}

function forecastOf(
  from: string,
  { series, observed, needed, group, peers }: Newcomer,
  paths: Pick<SeriesForecast, 'mean' | 'quantiles'>,
): SeriesForecast {
  const reason = `${observed} observed values, ${needed} are needed: likened to ${peers.length} series of ${group}`;
  return { id: series.id, ...paths, method: COLD_START, fallback: { from, reason } };
}

/**
 * A forecaster that knows what to say of new series: the shape of the forecasts of its group's peers at a level between theirs and what the
 * newcomer sold so far, with intervals that are wider by how far the levels of the group lie apart. Every such forecast
 * is named `cold-start`, with its group in the reason.
 *
 * @param hierarchy says who belongs to what; the smallest group with three peers counts
 */
export function coldStartForecaster(inner: Forecaster, hierarchy: Hierarchy): Forecaster {
  return {
    name: inner.name,
    async fit(panel, context) {
      const fitted = await inner.fit(panel, context);
      return {
        ...fitted,
        async predict(horizon, levels) {
          const made = await fitted.predict(horizon, levels);
          const byId = new Map(made.map((forecast) => [forecast.id, forecast]));
          const started = newcomersOf(panel, hierarchy).map((newcomer) => {
            const peers = newcomer.peers.map(({ series }) => byId.get(series.id)!);
            return forecastOf(
              inner.name,
              newcomer,
              pathsOf(newcomer, levelOf(newcomer, panel), peers, levels),
            );
          });
          for (const forecast of started) byId.set(forecast.id, forecast);
          return made.map(({ id }) => byId.get(id)!);
        },
      };
    },
  };
}
