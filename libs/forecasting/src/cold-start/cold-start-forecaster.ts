import { firstPeriod } from '../backtest/slice.js';
import type { Forecaster, SeriesForecast } from '../contract/forecaster.js';
import type { Panel, SeriesInput } from '../contract/panel.js';
import type { Hierarchy } from '../hierarchy/hierarchy.js';
import { PeerGroup, type Newcomer } from './peer-group.js';
import { PeerPath } from './peer-path.js';
import { Standings } from './standings.js';

/** A peer with what was forecast of it. */
interface Peer {
  readonly series: SeriesInput;
  readonly level: number;
  readonly forecast: SeriesForecast;
}

/** Histories and forecasts of all peers, passing by. */
function showPeers(group: PeerGroup, peers: readonly Peer[], { frequency }: Panel, paths: number): void {
  for (const { series, level } of peers)
    group.addHistory(series.values, firstPeriod(series, frequency), level);
  for (let path = 0; path < paths; path += 1) {
    const all = new PeerPath(path, peers[0]!.forecast.mean.length, peers.length);
    for (const { forecast, level } of peers) all.add(forecast, level);
    group.addShape(all.middle());
  }
}

/** What is forecast of new series, from what was forecast of all. */
function likened(
  { name, panel, hierarchy }: { name: string; panel: Panel; hierarchy: Hierarchy },
  made: ReadonlyMap<string, SeriesForecast>,
  levels: readonly number[],
): SeriesForecast[] {
  const byId = new Map(panel.series.map((one) => [one.id, one]));
  const series = hierarchy.leaves.map((id) => byId.get(id));
  const standings = new Standings(series.length, panel.seasonLength);
  series.forEach((one, leaf) => one && standings.add(leaf, one.values));
  const newcomerOf = (one: SeriesInput): Newcomer => ({
    ...{ id: one.id, values: one.values, needed: standings.needed },
    first: firstPeriod(one, panel.frequency),
  });
  const byGroup = Map.groupBy(standings.groups(hierarchy), ([, place]) => place);
  return [...byGroup].flatMap(([place, members]) => {
    const { id, parts } = hierarchy.sums[place]!;
    const peers = standings.peersAmong(parts).map((leaf): Peer => {
      const one = series[leaf]!;
      return { series: one, level: standings.levels[leaf]!, forecast: made.get(one.id)! };
    });
    const ownLevels = peers.map(({ level }) => level);
    const group = new PeerGroup(id, ownLevels);
    const newcomers = members.map(([leaf]) => newcomerOf(series[leaf]!));
    for (const newcomer of newcomers) group.expect(newcomer);
    showPeers(group, peers, panel, 1 + levels.length);
    return newcomers.map((newcomer) => group.forecast(newcomer, name, levels));
  });
}

/**
 * A forecaster that knows what to say of new series: the shape of the forecasts of its group's peers at a level between theirs and what the
 * newcomer sold so far, with intervals that are wider by how far the levels of the group lie apart. Every such forecast
 * is named `cold-start`, with its group in the reason.
 *
 * @param hierarchy says who belongs to what; the smallest group with three peers counts
 */
export function coldStartForecaster(inner: Forecaster, hierarchy: Hierarchy): Forecaster {
  const { name } = inner;
  return {
    name,
    async fit(panel, context) {
      const fitted = await inner.fit(panel, context);
      return {
        ...fitted,
        async predict(horizon, levels) {
          const made = await fitted.predict(horizon, levels);
          const byId = new Map(made.map((forecast) => [forecast.id, forecast]));
          for (const forecast of likened({ name, panel, hierarchy }, byId, levels))
            byId.set(forecast.id, forecast);
          return made.map(({ id }) => byId.get(id)!);
        },
      };
    },
  };
}
