import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { seededRandom } from '@tallyhouse/compute';
import type { Hex } from '@tallyhouse/proofs';
import { openStore, type TestStore } from '../../../supply-chain/test/capture-kit.js';
import { createForecaster } from '../methods/registry.js';
import { ForecastRunService, type RunningModel } from '../runs/forecast-run.service.js';
import { PanelRepository } from '../series/panel.repository.js';
import { PanelSliceReader } from '../series/panel-slice.reader.js';
import { ShadowPlanService } from './shadow-plan.service.js';
import { ShardPlanService } from './shard-plan.service.js';
import { ShardProgressReader } from './shard-progress.reader.js';
import { ShardWorkService } from './shard-work.service.js';
import { fillPanel, idOf } from './sharded-run.fixture.js';

jest.setTimeout(180_000);

const NOW = new Date('2026-01-10T00:00:00Z');
const HORIZON = 3;
const SERIES = 42;
const SHARDS = 6;
const modelOf = (versionId: Hex): RunningModel => ({
  ...{ family: 'demand', versionId, artifactSha256: '0x2', proposalId: null },
  ...{ measure: 'DEMAND', frequency: 'monthly' },
});

describe('a run in shards', () => {
  let store: TestStore;
  let plans: ShardPlanService;
  let shadows: ShadowPlanService;
  let work: ShardWorkService;
  let progress: ShardProgressReader;
  beforeAll(async () => {
    store = await openStore();
    await fillPanel(store);
    plans = new ShardPlanService(store.source);
    shadows = new ShadowPlanService(store.source);
    work = new ShardWorkService(store.source);
    progress = new ShardProgressReader(store.source);
  });
  afterAll(() => store.close());

  const model = async () => ({ forecaster: createForecaster('ses'), context: { rng: seededRandom(1) } });
  const plan = (versionId: Hex, now = NOW) =>
    plans.plan({ model: modelOf(versionId), horizon: HORIZON, now, block: 7, shardSeries: 7 });
  /** Does what is due until nothing is, every share by two workers at once. */
  const finish = async (isShadow = false): Promise<string[]> => {
    const done: string[] = [];
    for (let due = await work.due(isShadow); due.length > 0; due = await work.due(isShadow)) {
      await Promise.all([...due, ...due].map((share) => work.run(share, model)));
      done.push(...due);
    }
    return done;
  };
  const rowsOf = (versionId: Hex) =>
    store.rows(
      `SELECT f.series_id, f.step, f.leaf_index, f.target_start, f.mean, f.quantiles, f.method, f.fallback_reason, f.scale, f.baseline
       FROM forecast f JOIN forecast_run r ON r.id = f.run_id WHERE r.version_id = $1 ORDER BY f.leaf_index`,
      [versionId],
    );
  const runOf = (versionId: Hex) =>
    store.rows(
      'SELECT root, count, data_sha256, as_of, first_target, reconciliation FROM forecast_run WHERE version_id = $1 ORDER BY seq',
      [versionId],
    );
  const lastRun = async (versionId: Hex): Promise<string> =>
    (
      await store.rows<{ id: string }>(
        'SELECT id FROM forecast_run WHERE version_id = $1 ORDER BY seq DESC LIMIT 1',
        [versionId],
      )
    )[0]!.id;
  const beside = async (versionId: Hex, besideId: string): Promise<string | null> =>
    shadows.plan({ versionId, artifactSha256: '0x3', besideId, now: NOW });

  it('is of series that are the same when they are read some at a time', async () => {
    const request = { measure: 'DEMAND', frequency: 'monthly', asOf: NOW } as const;
    const whole = (await new PanelRepository(store.source).panel(request))!;
    const slices = new PanelSliceReader(store.source);
    const basis = (await slices.basis(request))!;
    expect(basis).toEqual({ end: whole.end, observationSeq: '0' });
    const found: unknown[] = [];
    for (let after = { last: '', sha256: '' }, isEnd = false; !isEnd;) {
      const slice = await slices.slice(request, basis.end, after, 5);
      found.push(...slice.series);
      expect(slice.sha256).not.toBe(after.sha256);
      after = slice;
      ({ isEnd } = slice);
    }
    expect(found).toEqual(whole.panel.series);
    expect(await slices.basis({ ...request, asOf: new Date('2001-01-01T00:00:00Z') })).toBeNull();
  });

  it('says to the last bit what a whole run says, sums and new products included, though every share is done twice', async () => {
    await new ForecastRunService(store.source, new PanelRepository(store.source)).run({
      ...{ model: modelOf('0xaa'), forecaster: createForecaster('ses'), context: { rng: seededRandom(1) } },
      ...{ horizon: HORIZON, now: NOW, block: 7 },
    });
    const runId = await plan('0xbb');
    const done = await finish();
    expect(done.map((share) => share.split('/')[1])).toEqual([
      ...Array.from({ length: SHARDS }, () => 'forecast'),
      'settle',
      ...Array.from({ length: SHARDS }, () => 'write'),
      'close',
    ]);
    const whole = await rowsOf('0xaa');
    expect(whole).toHaveLength(SERIES * HORIZON);
    expect(whole.filter(({ method }) => method === 'cold-start')).not.toHaveLength(0);
    expect(await rowsOf('0xbb')).toEqual(whole);
    expect(await runOf('0xbb')).toEqual(await runOf('0xaa'));
    expect(
      await store.rows(
        'SELECT DISTINCT num_nulls(history, forecasts, settled, leaves) FROM forecast_shard_content',
      ),
    ).toEqual([{ num_nulls: 3 }]);
    expect((await progress.latest(5))[0]).toMatchObject({
      ...{
        runId,
        phase: 'STORED',
        shards: SHARDS,
        shardsForecast: SHARDS,
        shardsWritten: SHARDS,
      },
      expectedAt: null,
    });
  });

  it('is not planned again while nothing changed, and is when an observation did', async () => {
    expect(await plan('0xbb')).toBeNull();
    await store.source.query(`UPDATE observation SET value = value + 1 WHERE series_id = $1`, [idOf(0)]);
    await store.source.query('INSERT INTO observation_change (seq) VALUES (1)');
    expect(await plan('0xbb')).not.toBeNull();
    expect(await plan('0xbb')).toBeNull();
    await finish();
    expect(await runOf('0xbb')).toHaveLength(2);
  });

  it('goes on where it stood, of the data as they were, and tells when it will be done', async () => {
    const runId = (await plan('0xcc'))!;
    for (const share of (await work.due()).slice(0, 2)) await work.run(share, model);
    await store.source.query('UPDATE observation SET value = 3 * value');
    const [shown] = await progress.latest(1);
    expect(shown).toMatchObject({ runId, phase: 'FORECASTING', shardsForecast: 2, shardsWritten: 0 });
    expect(shown!.expectedAt!.getTime()).toBeGreaterThan(shown!.phaseExpectedAt!.getTime());
    expect(await finish()).toHaveLength(SHARDS - 2 + 1 + SHARDS + 1);
    expect((await runOf('0xcc'))[0]).toEqual((await runOf('0xbb'))[1]);
  });

  it('is given up with what it had stored when its model is no more in force or its first period begins', async () => {
    const runId = await plan('0xdd');
    while (!(await work.due())[0]!.includes('/write/'))
      for (const share of await work.due()) await work.run(share, model);
    await work.run((await work.due())[0]!, model);
    const stored = () => store.rows('SELECT 1 FROM forecast WHERE run_id = $1', [runId]);
    expect(await stored()).toHaveLength(7 * HORIZON);
    const late = (await work.due())[0]!;
    expect(await plans.abandonStale(['0xdd'], NOW)).toEqual([]);
    expect(await plans.abandonStale(['0xbb'], NOW)).toEqual(['its model is not in force any more']);
    await work.run(late, model);
    expect(await stored()).toEqual([]);
    expect(await work.due()).toEqual([]);
    await plan('0xee');
    expect(await plans.abandonStale(['0xee'], new Date('2026-02-01T00:00:00Z'))).toEqual([
      'its first period began before it was whole; more workers make it faster',
    ]);
    expect(await runOf('0xee')).toEqual([]);
  });

  it('of a candidate waits for those of versions in force, and says what a whole one in shadow says of the same data', async () => {
    const runs = new ForecastRunService(store.source, new PanelRepository(store.source));
    const besideId = (await plan('0xac'))!;
    await finish();
    const whole = async (versionId: Hex): Promise<string | null> => {
      const match = (await runs.toMatch('0xac', versionId, NOW))!;
      expect(match.planId).toBe(besideId);
      return runs.run({
        ...{
          model: modelOf(versionId),
          forecaster: createForecaster('ses'),
          context: { rng: seededRandom(1) },
        },
        ...{ horizon: HORIZON, now: NOW, block: 7, beside: match },
      });
    };
    expect(await whole('0xa1')).not.toBeNull();
    await store.source.query('UPDATE observation SET value = 2 * value');
    // A whole run would be of other data now; shards are of the histories that the run in force had.
    expect(await whole('0xa2')).toBeNull();
    const runId = (await beside('0xb1', besideId))!;
    expect(await beside('0xb1', besideId)).toBeNull();
    expect(
      await store.rows('SELECT 1 FROM forecast_shard_content WHERE run_id = $1 AND history IS NOT NULL', [
        runId,
      ]),
    ).toEqual([]);
    await plan('0xff');
    expect(await work.due(true)).toEqual([]);
    expect((await progress.inShadow(['0xb1']))[0]).toMatchObject({
      runId,
      phase: 'WAITING',
      isShadow: true,
      expectedAt: null,
    });
    await finish();
    expect(await finish(true)).toHaveLength(SHARDS + 1 + SHARDS + 1);
    expect(await rowsOf('0xb1')).toEqual(await rowsOf('0xa1'));
    expect(await runOf('0xb1')).toEqual(await runOf('0xa1'));
    expect(await store.rows("SELECT is_shadow FROM forecast_run WHERE version_id = '0xb1'")).toEqual([
      { is_shadow: true },
    ]);
    expect(await shadows.spentMs(runId)).toBeGreaterThan(0);
    expect(await runs.toMatch('0xac', '0xb1', NOW)).toBeUndefined();
  });

  it('of a candidate ends alone: with its reason, with its candidacy, or begun too often, and then without what it had stored', async () => {
    const besideId = await lastRun('0xff');
    const first = (await beside('0xb2', besideId))!;
    while (!(await work.due(true))[0]!.includes('/write/'))
      for (const share of await work.due(true)) await work.run(share, model);
    await work.run((await work.due(true))[0]!, model);
    expect(await shadows.abandonStale(['0xb2'], NOW)).toEqual([]);
    await shadows.giveUp(first, 'it was too slow');
    expect(await store.rows('SELECT 1 FROM forecast WHERE run_id = $1', [first])).toEqual([]);
    expect((await progress.inShadow(['0xb2']))[0]).toMatchObject({
      phase: 'ABANDONED',
      reason: 'it was too slow',
    });
    await beside('0xb2', besideId);
    expect(await shadows.abandonStale(['0xff'], NOW)).toEqual(['its model is no candidate any more']);
    await beside('0xb2', besideId);
    const [share] = await work.due(true);
    const lost = () => Promise.reject(new Error('the worker was lost'));
    for (let times = 0; times < 5; times++) await expect(work.run(share!, lost)).rejects.toThrow('lost');
    await expect(work.run(share!, model)).rejects.toThrow('shard 0 was begun 5 times and never ended');
    await shadows.giveUp((await progress.inShadow(['0xb2']))[0]!.runId, 'begun too often');
    expect(await work.due(true)).toEqual([]);
    expect(await runOf('0xff')).toHaveLength(1);
  });

  it('leaves its histories to candidates until a newer one is there and none is under way', async () => {
    const kept = () =>
      store.rows<{ version: string }>(
        'SELECT DISTINCT version_id AS version FROM forecast_plan JOIN forecast_shard_content USING (run_id) WHERE history IS NOT NULL ORDER BY 1',
      );
    const besideId = await lastRun('0xff');
    await store.source.query(
      'INSERT INTO observation_change (seq) VALUES (2) ON CONFLICT (single) DO UPDATE SET seq = 2',
    );
    await store.source.query(`UPDATE observation SET value = value + 1 WHERE series_id = $1`, [idOf(1)]);
    await beside('0xb2', besideId);
    await plan('0xff');
    await finish();
    await plans.abandonStale([], NOW);
    expect((await kept()).map(({ version }) => version)).toContain('0xff');
    expect(await finish(true)).toHaveLength(SHARDS + 1 + SHARDS + 1);
    expect((await runOf('0xb2'))[0]).toEqual((await runOf('0xff'))[0]);
    await plans.abandonStale([], NOW);
    expect(await beside('0xb3', besideId)).toBeNull();
    await plans.abandonStale([], new Date('2026-02-01T00:00:00Z'));
    expect(await kept()).toEqual([]);
  });
});
