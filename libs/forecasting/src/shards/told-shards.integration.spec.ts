import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { GraphBuilder, openEngine, seededRandom, type Engine } from '@tallyhouse/compute';
import type { Hex } from '@tallyhouse/proofs';
import { openStore, type TestStore } from '../../../supply-chain/test/capture-kit.js';
import { firstPeriod, panelEnd } from '../backtest/slice.js';
import type { Forecaster } from '../contract/forecaster.js';
import { channelWidth, type Channel } from '../covariates/channels.js';
import type { Covariate, CovariatePanel } from '../covariates/covariate-panel.js';
import { trainedTide } from '../covariates/tide-forecaster.js';
import type { TideModel } from '../covariates/tide-model.js';
import { emitTide, TIDE_GRAPH } from '../covariates/tide-network.js';
import { parseGlobalConfig, TRAINED_LEVELS } from '../global/config.js';
import { ForecastRunService, type RunningModel } from '../runs/forecast-run.service.js';
import { PanelRepository } from '../series/panel.repository.js';
import { periodIndex } from '../series/periods.js';
import { STOCK_OUT, type NewStatement } from '../statements/statement.js';
import { StatementRepository } from '../statements/statement.repository.js';
import { ShardPlanService } from './shard-plan.service.js';
import { ShardWorkService } from './shard-work.service.js';
import { fillPanel } from './sharded-run.fixture.js';

jest.setTimeout(180_000);

const NOW = new Date('2026-01-10T00:00:00Z');
const LATER = new Date('2026-01-11T00:00:00Z');
const HORIZON = 3;
const SHARDS = 6;
const COVARIATES: Covariate[] = [
  { name: 'price', kind: 'relative' },
  { name: 'promotion', kind: 'plain' },
  { name: 'supplier', kind: 'category', words: ['north', 'south'] },
];
const CHANNELS: Channel[] = COVARIATES.map((covariate) => ({
  ...{ covariate, width: covariate.words?.length ?? 1, centre: 0, spread: 0.2 },
}));
const monthOf = (day: string): number => periodIndex(Date.parse(day), 'monthly');

/** As it is before training: its weights are drawn, so that everything it is told moves what it says. */
function untrained(): TideModel {
  const config = parseGlobalConfig({
    ...{ frequency: 'monthly', seasonLength: 12, horizon: HORIZON, hidden: 8 },
  });
  const g = new GraphBuilder(TIDE_GRAPH);
  const quantiles = emitTide(g, config, channelWidth(CHANNELS), seededRandom(3));
  return {
    ...{ config, graph: g.build({ quantiles }), covariates: COVARIATES, channels: CHANNELS },
    calibration: TRAINED_LEVELS.map(() => 0),
    heard: COVARIATES.map(({ name }) => ({ name, gain: 1, certainty: 9, isHeard: true })),
  };
}

const said = (
  product: string,
  name: string,
  value: number | string,
  [firstDay, lastDay]: readonly [string, string],
  saidAt: string,
  site: string | null = null,
): NewStatement => ({ name, product, site, firstDay, lastDay, value, saidAt: new Date(saidAt) });

/** Of a month long before every origin, said in August 2025 alone. */
const PLANTED = said('p1', 'promotion', 1, ['2024-06-01', '2024-06-30'], '2025-08-10');
const STATEMENTS = [
  said('p0', 'price', 2, ['2022-09-01', '2026-12-31'], '2022-08-01'),
  said('p0', 'price', 2.5, ['2025-02-01', '2025-06-30'], '2025-01-10', 's2'),
  said('p3', 'price', 9, ['2023-09-01', '2026-12-31'], '2023-08-01'),
  said('p3', 'price', 7, ['2026-02-01', '2026-02-28'], '2026-01-09'),
  said('p2', 'promotion', 1, ['2025-05-10', '2025-05-20'], '2025-05-01'),
  said('p2', 'supplier', 'north', ['2022-09-01', '2026-12-31'], '2022-08-01'),
  said('p2', STOCK_OUT, 1, ['2025-11-01', '2025-12-31'], '2026-01-05'),
  said('p4', 'supplier', 'south', ['2022-09-01', '2026-12-31'], '2022-08-01', 's1'),
  PLANTED,
];

describe('a run in shards that is told covariates', () => {
  let store: TestStore;
  let engine: Engine;
  let plans: ShardPlanService;
  let work: ShardWorkService;
  let statements: StatementRepository;
  /** Ends of panels that were shown a promotion in June 2024, and of those that were not, by series. */
  let seen: Map<string, { told: number[]; untold: number[] }>;
  beforeAll(async () => {
    [store, engine] = await Promise.all([openStore(), openEngine({ device: 'cpu', threads: 1 })]);
    await fillPanel(store);
    plans = new ShardPlanService(store.source);
    work = new ShardWorkService(store.source);
    statements = new StatementRepository(store.source);
    await statements.add('0xa', 'import', STATEMENTS);
  });
  afterAll(async () => {
    await engine?.close();
    await store?.close();
  });

  const watched = (): Forecaster => {
    const inner = trainedTide(untrained(), engine);
    seen = new Map();
    return {
      name: inner.name,
      fit(panel, context) {
        for (const one of (panel as CovariatePanel).series) {
          const at = monthOf('2024-06-01') - firstPeriod(one, panel.frequency);
          const found = seen.get(one.id) ?? { told: [], untold: [] };
          seen.set(one.id, found);
          if (at >= 0) found[one.covariates[1]![at]! > 0 ? 'told' : 'untold'].push(panelEnd(panel));
        }
        return inner.fit(panel, context);
      },
    };
  };
  const modelOf = (versionId: Hex): RunningModel => ({
    ...{ family: 'demand', versionId, artifactSha256: '0x2', proposalId: null },
    ...{ measure: 'DEMAND', frequency: 'monthly' },
  });
  const request = (versionId: Hex, now: Date) => ({
    ...{ model: modelOf(versionId), horizon: HORIZON, now, block: 7 },
    covariates: { covariates: COVARIATES, block: HORIZON },
  });
  const plan = (versionId: Hex, now = NOW) => plans.plan({ ...request(versionId, now), shardSeries: 7 });
  const whole = (versionId: Hex, now = NOW) =>
    new ForecastRunService(store.source, new PanelRepository(store.source)).run({
      ...request(versionId, now),
      ...{ forecaster: watched(), context: { rng: seededRandom(1) } },
    });
  const told = async () => ({ forecaster: watched(), context: { rng: seededRandom(1) } });
  /** Does what is due until nothing is, every share by two workers at once. */
  const finish = async (): Promise<void> => {
    for (let due = await work.due(); due.length > 0; due = await work.due())
      await Promise.all([...due, ...due].map((share) => work.run(share, told)));
  };
  const rowsOf = (versionId: Hex) =>
    store.rows(
      `SELECT f.series_id, f.step, f.leaf_index, f.target_start, f.mean, f.quantiles, f.method, f.fallback_reason, f.scale, f.baseline
       FROM forecast f JOIN forecast_run r ON r.id = f.run_id WHERE r.version_id = $1 ORDER BY r.seq, f.leaf_index`,
      [versionId],
    );
  const runsOf = (versionId: Hex) =>
    store.rows(
      `SELECT root, count, data_sha256, values_sha256, as_of, first_target, reconciliation
       FROM forecast_run WHERE version_id = $1 ORDER BY seq`,
      [versionId],
    );

  it('says to the last bit what a whole run says, of sums too, though every share is done twice', async () => {
    await whole('0xaa');
    expect(await plan('0xbb')).not.toBeNull();
    expect(await store.count('forecast_shard_told')).toBeGreaterThan(SHARDS);
    await finish();
    expect(await rowsOf('0xbb')).toEqual(await rowsOf('0xaa'));
    const [run] = await runsOf('0xbb');
    expect(run).toEqual((await runsOf('0xaa'))[0]);
    expect(run).toMatchObject({ reconciliation: 'MINT' });
    expect(run!['values_sha256']).not.toBe(run!['data_sha256']);
    expect(await store.count('forecast_shard_told')).toBe(0);
  });

  it('goes on where a worker was lost, and reads nothing that was said after it was planned', async () => {
    await plan('0xcc');
    const [first, second] = (await work.due()) as [string, string];
    await work.run(first, told);
    const lost = new Error('the worker is gone');
    await expect(work.run(second, () => Promise.reject(lost))).rejects.toThrow(lost);
    await statements.add('0xa', 'import', [
      said('p3', 'price', 1, ['2024-01-01', '2026-12-31'], '2025-06-01'),
      said('p5', 'promotion', 1, ['2026-01-01', '2026-12-31'], '2026-01-10T12:00:00Z'),
    ]);
    await finish();
    expect(await runsOf('0xcc')).toEqual(await runsOf('0xaa'));
  });

  it('is planned anew when something is said or comes to be known, and not for what it does not take', async () => {
    expect(await plan('0xbb')).not.toBeNull();
    await finish();
    await whole('0xaa');
    expect(await runsOf('0xbb')).toEqual(await runsOf('0xaa'));
    expect(await plan('0xbb')).toBeNull();
    await statements.add('0xa', 'import', [
      said('p0', 'weather', 1, ['2026-01-01', '2026-12-31'], '2025-01-01'),
    ]);
    expect(await plan('0xbb', new Date('2026-01-10T06:00:00Z'))).toBeNull();
    expect(await store.count('forecast_plan')).toBe(3);
    expect(await plan('0xbb', new Date('2026-01-10T13:00:00Z'))).not.toBeNull();
    await finish();
    const runs = await runsOf('0xbb');
    expect(new Set(runs.map((run) => run['root'])).size).toBe(3);
    expect(new Set(runs.map((run) => run['values_sha256'])).size).toBe(1);
  });

  it('shows a model what was said late from then on and at no origin before, of parts and of sums', async () => {
    await plan('0xdd', LATER);
    const merged = new Map<string, { told: number[]; untold: number[] }>();
    for (let due = await work.due(); due.length > 0; due = await work.due())
      for (const share of due) {
        await work.run(share, told);
        if (!share.includes('/forecast/')) continue;
        for (const [id, ends] of seen) merged.set(id, ends);
      }
    expect(merged.size).toBe(42);
    const both = [...merged.values()].filter((ends) => ends.told.length > 0);
    // The product at four sites; its own sum, those of four sites, of its group and of all.
    expect(both).toHaveLength(4 + 1 + 4 + 1 + 1);
    for (const ends of both) {
      expect(Math.min(...ends.told)).toBe(monthOf('2025-09-01'));
      expect(Math.max(...ends.untold)).toBeLessThan(monthOf('2025-09-01'));
      expect(ends.untold.length).toBeGreaterThan(0);
    }
  });
});
