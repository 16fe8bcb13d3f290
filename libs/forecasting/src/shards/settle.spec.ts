import { describe, expect, it } from '@jest/globals';
import { seededRandom } from '@tallyhouse/compute';
import { panelEnd } from '../backtest/slice.js';
import { coldStartForecaster } from '../cold-start/cold-start-forecaster.js';
import type { Panel } from '../contract/panel.js';
import { reconciledForecaster } from '../hierarchy/reconciled-forecaster.js';
import { rollingResiduals } from '../hierarchy/rolling-residuals.js';
import { unseenLeaves, withoutParts } from '../hierarchy/unseen-parts.js';
import { createForecaster } from '../methods/registry.js';
import { grainHierarchy } from '../series/grain-hierarchy.js';
import type { PanelSeries } from '../series/panel.repository.js';
import { packForecasts, unpackForecasts } from './packed-forecasts.js';
import { packHistory } from './packed-history.js';
import { NO_CONTEXT, recordForecasts, wantedAtOrigins } from './recorded-forecaster.js';
import { Settling, type ApartShard } from './settle.js';

const LEVELS = [0.1, 0.5, 0.9];
const END = 48;
const model = createForecaster('ses');
const noRow = { partner: '0xa', product: null, site: null, productGroup: null, country: null };

interface Drawn {
  readonly months: number;
  readonly product: number;
  readonly site: number;
}

const startOf = (months: number): string =>
  new Date(Date.UTC(2020, END - months, 1)).toISOString().slice(0, 10);

/** Seven products at four sites: some new, one seen by no origin, one that fell below 0, a hole in one; sums, and a lane that is none. */
function drawnPanel(seed: number): PanelSeries[] {
  const random = seededRandom(seed);
  const monthsOf = ({ product, site }: Omit<Drawn, 'months'>): number => {
    if (product === 6) return site === 3 ? 2 : 5 + 4 * site;
    return product === 5 && site > 1 ? 20 : 36 + ((product + site) % 3) * 6;
  };
  const leaves = Array.from({ length: 28 }, (_, at): PanelSeries => {
    const [product, site] = [Math.floor(at / 4), at % 4];
    const months = monthsOf({ product, site });
    const values = Float64Array.from({ length: months }, (__, month) =>
      Math.max(0, Math.round(10 + 3 * at + 5 * Math.sin(month / 2) + 4 * random.normal())),
    );
    if (at === 2) values[7] = -3;
    if (at === 9) values.fill(NaN, 3, 6);
    const row = { product: `p${product}`, site: `s${site}`, productGroup: `g${product % 2}` };
    return { ...noRow, ...row, grain: 'PRODUCT_SITE', id: `leaf ${at}`, start: startOf(months), values };
  });
  const sumOf = (id: string, grain: string, row: Partial<PanelSeries>): PanelSeries => {
    const values = new Float64Array(END);
    for (const leaf of leaves)
      if (Object.entries(row).every(([column, value]) => leaf[column as 'product'] === value))
        leaf.values.forEach((value, at) => {
          values[END - leaf.values.length + at]! += Number.isNaN(value) ? 0 : value;
        });
    return { ...noRow, ...row, grain, id, start: startOf(END), values };
  };
  const sums = [
    sumOf('all', 'TOTAL', {}),
    ...['g0', 'g1'].map((productGroup) => sumOf(productGroup, 'GROUP', { productGroup })),
    ...['s0', 's1', 's2', 's3'].map((site) => sumOf(site, 'SITE', { site })),
    ...Array.from({ length: 7 }, (_, at) => sumOf(`p${at}`, 'PRODUCT', { product: `p${at}` })),
  ];
  const lane = { ...leaves[0]!, grain: 'LANE', id: 'lane' };
  // As ids lie, which are hashes.
  return random
    .permutation(leaves.length + sums.length + 1)
    .reduce<PanelSeries[]>((all, at) => [...all, [...leaves, ...sums, lane][at]!], []);
}

const panelOf = (series: readonly PanelSeries[]): Panel => ({
  frequency: 'monthly',
  seasonLength: 12,
  series,
});

/** The shards of a panel, each made apart, and what is to be said of them. */
async function apartShards(series: readonly PanelSeries[], periods: number, size: number) {
  const panel = panelOf(series);
  const hierarchy = grainHierarchy(series);
  const whole = { end: panelEnd(panel), steps: periods, levels: LEVELS };
  const wanted = [
    ...(await wantedAtOrigins({ ...panel, series: [series.find(({ id }) => id === 'all')!] }, periods)),
    whole,
  ];
  const inner = coldStartForecaster(model, hierarchy);
  const unseen = unseenLeaves(
    hierarchy,
    await rollingResiduals(inner, panel, hierarchy, periods, NO_CONTEXT),
  );
  const reduced = withoutParts(panel, hierarchy, unseen).series;
  const shards: ApartShard[] = [];
  for (let at = 0; at < series.length; at += size) {
    const own = series.slice(at, at + size);
    const apart = reduced.slice(at, at + size).filter((one, index) => one !== own[index]);
    const made = await recordForecasts(model, panelOf(own), wanted, NO_CONTEXT);
    const [alone] = await recordForecasts(model, { ...panel, series: apart }, [whole], NO_CONTEXT);
    const forecasts = packForecasts([...made, { ...alone!, isReduced: true }]);
    shards.push({ history: packHistory(own), forecasts });
  }
  return { shards, wanted, unseen };
}

async function settled(series: readonly PanelSeries[], periods: number, size: number, peerBytes: number) {
  const { shards, wanted, unseen } = await apartShards(series, periods, size);
  const request = {
    ...({ forecaster: model.name, frequency: 'monthly', seasonLength: 12 } as const),
    ...{ series: series.length, shards: shards.length, wanted, peerBytes },
  };
  const reads: string[] = [];
  const settling = new Settling(request, async (place, parts) => {
    reads.push(parts.join());
    return shards[place]!;
  });
  const reconciled = await settling.prepare();
  const forecasts = shards.flatMap(
    (shard, place) => unpackForecasts(settling.shard(place, shard.forecasts))[0]!.forecasts,
  );
  return { forecasts, reconciled, unseen, passes: reads.length / shards.length };
}

async function asAWhole(series: readonly PanelSeries[], periods: number) {
  const hierarchy = grainHierarchy(series);
  const forecaster = reconciledForecaster(coldStartForecaster(model, hierarchy), hierarchy);
  return (await forecaster.fit(panelOf(series), NO_CONTEXT)).predict(periods, LEVELS);
}

describe('Settling', () => {
  it.each([
    [1, 3, 7, 1],
    [2, 3, 5, 2 ** 20],
    [3, 14, 43, 2 ** 20],
    [4, 7, 1, 200],
  ])(
    'says to the last bit what a whole run says, whatever passes by at once (panel %i, %i periods, shards of %i, %i bytes of peers)',
    async (seed, periods, size, peerBytes) => {
      const series = drawnPanel(seed);
      const found = await settled(series, periods, size, peerBytes);
      const whole = await asAWhole(series, periods);
      expect(found.forecasts).toEqual(whole);
      expect(found.reconciled).toEqual(whole.find(({ id }) => id === 'all')!.reconciled);
      expect(found.unseen.size).toBeGreaterThan(0);
      expect(whole.filter(({ method }) => method === 'cold-start').length).toBeGreaterThan(1);
      expect(found.passes > 20).toBe(peerBytes < 2 ** 20);
    },
  );
});
