import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { seededRandom } from '@tallyhouse/compute';
import type { Hex } from '@tallyhouse/proofs';
import { openStore, type TestStore } from '../../../supply-chain/test/capture-kit.js';
import { DecompositionReader } from '../decomposition/decomposition.reader.js';
import { createForecaster } from '../methods/registry.js';
import { ForecastRunService, type RunningModel } from '../runs/forecast-run.service.js';
import { ScoreService } from '../runs/score.service.js';
import { panelSha256 } from '../series/panel-digest.js';
import { PanelRepository } from '../series/panel.repository.js';
import { PanelSliceReader } from '../series/panel-slice.reader.js';
import { ShardPlanService } from '../shards/shard-plan.service.js';
import { ShardWorkService } from '../shards/shard-work.service.js';
import { fillPanel, idOf } from '../shards/sharded-run.fixture.js';
import { STOCK_OUT, type NewStatement } from '../statements/statement.js';
import { StatementRepository } from '../statements/statement.repository.js';
import { StockOutReader } from './stock-out.reader.js';

jest.setTimeout(180_000);

const NOW = new Date('2026-01-10T00:00:00Z');
const REQUEST = { measure: 'DEMAND', frequency: 'monthly', asOf: NOW } as const;
const HORIZON = 3;
/** Product p0 at site s0, whose shelf was empty in December. */
const LEAF = idOf(0);
const OTHER = idOf(1);
const modelOf = (versionId: Hex): RunningModel => ({
  ...{ family: 'demand', versionId, artifactSha256: '0x2', proposalId: null },
  ...{ measure: 'DEMAND', frequency: 'monthly' },
});

describe('stock-outs that partners state', () => {
  let store: TestStore;
  let runs: ForecastRunService;
  let plans: ShardPlanService;
  let panels: PanelRepository;
  let total: string;
  let soldDigest: string;
  beforeAll(async () => {
    store = await openStore();
    await fillPanel(store);
    panels = new PanelRepository(store.source);
    runs = new ForecastRunService(store.source, panels);
    plans = new ShardPlanService(store.source);
    [{ id: total }] = (await store.rows(
      `SELECT id FROM series WHERE grain = 'TOTAL' AND frequency = 'MONTHLY'`,
    )) as [{ id: string }];
    // Of December one piece is left of what the product sold there, in it and in all its sums.
    await store.source.query(
      `WITH lost AS (SELECT value - 1 AS more FROM observation WHERE series_id = $1 AND period_start = '2025-12-01Z')
       UPDATE observation o SET value = o.value - lost.more FROM lost, series s
       WHERE s.id = o.series_id AND s.frequency = 'MONTHLY' AND o.period_start = '2025-12-01Z'
         AND (s.id = $1 OR (s.grain, coalesce(s.product, s.site, s.product_group, '')) IN
           (('PRODUCT', 'p0'), ('SITE', 's0'), ('GROUP', 'Dairy'), ('TOTAL', '')))`,
      [LEAF],
    );
    soldDigest = panelSha256((await panels.panel(REQUEST))!.panel);
  });
  afterAll(() => store.close());

  const say = (
    [firstDay, lastDay]: [string, string],
    saidAt: string,
    over: Partial<NewStatement> = {},
  ): Promise<number> =>
    new StatementRepository(store.source).add('0xa', 'shop', [
      {
        name: STOCK_OUT,
        product: 'p0',
        site: 's0',
        firstDay,
        lastDay,
        value: 1,
        saidAt: new Date(saidAt),
        ...over,
      },
    ]);
  const run = (versionId: Hex, now = NOW): Promise<string | null> =>
    runs.run({
      ...{ model: modelOf(versionId), forecaster: createForecaster('ses') },
      ...{ context: { rng: seededRandom(1) }, horizon: HORIZON, now, block: 7 },
    });
  const meansOf = async (runId: string | null, seriesId: string): Promise<number[]> => {
    const rows = await store.rows<{ mean: number }>(
      'SELECT mean FROM forecast WHERE run_id = $1 AND series_id = $2 ORDER BY step',
      [runId, seriesId],
    );
    return rows.map(({ mean }) => mean);
  };
  const runRow = async (runId: string | null) => {
    const [row] = await store.rows<{ data: string; last: string | null }>(
      'SELECT data_sha256 AS data, stock_outs_up_to AS last FROM forecast_run WHERE id = $1',
      [runId],
    );
    return row!;
  };
  let before: string | null;

  it('change nothing of a run while nobody states any', async () => {
    before = await run('0x1');
    expect(await runRow(before)).toEqual({ data: soldDigest, last: null });
    const plan = await plans.plan({ model: modelOf('0x5'), horizon: 3, now: NOW, block: 7, shardSeries: 7 });
    const [planned] = await store.rows<{ data: string }>(
      'SELECT data_sha256 AS data FROM forecast_plan WHERE run_id = $1',
      [plan],
    );
    expect(planned!.data).toBe(soldDigest);
    await plans.abandonStale([], NOW);
  });

  it('make a run anew that does not learn from the empty shelf, nor do its sums, and it says what it knew', async () => {
    await say(['2025-12-05', '2025-12-31'], '2026-01-02');
    const after = await run('0x1');
    for (const id of [LEAF, total]) {
      const [was, is] = [await meansOf(before, id), await meansOf(after, id)];
      is.forEach((mean, at) => expect(mean).toBeGreaterThan(was[at]! + 0.5));
    }
    const { panel } = (await panels.panel(REQUEST))!;
    expect(await runRow(after)).toEqual({ data: panelSha256(panel), last: '1' });
    expect(panelSha256(panel)).not.toBe(soldDigest);
    expect(await run('0x1')).toBeNull();
  });

  it('make no run anew where they are of something else, or are said later', async () => {
    await say(['2025-12-05', '2025-12-31'], '2026-01-03', { product: 'p0', site: 'nowhere' });
    await say(['2025-11-01', '2025-11-30'], '2026-01-10', { product: 'p1', site: null });
    expect(await run('0x1')).toBeNull();
    expect(await run('0x1', new Date('2026-01-11T00:00:00Z'))).not.toBeNull();
  });

  it('say the same in shards as in one piece, and plan them anew when one more is known', async () => {
    const work = new ShardWorkService(store.source);
    const model = async () => ({ forecaster: createForecaster('ses'), context: { rng: seededRandom(1) } });
    const plan = (now: Date) =>
      plans.plan({ model: modelOf('0xbb'), horizon: HORIZON, now, block: 7, shardSeries: 7 });
    const finish = async (): Promise<void> => {
      for (let due = await work.due(); due.length > 0; due = await work.due())
        for (const share of due) await work.run(share, model);
    };
    const rowsOf = (versionId: Hex) =>
      store.rows(
        `SELECT f.series_id, f.step, f.leaf_index, f.mean, f.quantiles, f.scale, f.baseline, r.root, r.data_sha256
         FROM forecast f JOIN forecast_run r ON r.id = f.run_id WHERE r.version_id = $1 ORDER BY r.seq, f.leaf_index`,
        [versionId],
      );
    await run('0xaa');
    const sharded = await plan(NOW);
    await finish();
    expect(await rowsOf('0xbb')).toEqual(await rowsOf('0xaa'));
    // Three are kept, two of which had been said by then.
    expect((await runRow(sharded)).last).toBe('2');
    expect(await plan(NOW)).toBeNull();
    expect(await plan(new Date('2026-01-10T12:00:00Z'))).not.toBeNull();
    await finish();
    expect(await rowsOf('0xbb')).not.toEqual(await rowsOf('0xaa'));
    expect(await plan(new Date('2026-01-10T13:00:00Z'))).toBeNull();
  });

  it('are missing where a series is watched for what is unusual, and what was sold is taken apart', async () => {
    const { end } = (await panels.panel(REQUEST))!;
    const slices = new PanelSliceReader(store.source);
    const basisAt = async (day: string) => (await slices.basis({ ...REQUEST, asOf: new Date(day) }))!;
    // Two statements had been said by then and a third since: what was judged before is judged anew.
    expect((await basisAt('2026-01-09')).observationSeq).toBe('2');
    expect((await basisAt('2026-01-11')).observationSeq).toBe('3');
    const slice = await slices.slice(REQUEST, end, { last: '', sha256: '' }, 100);
    const shown = new Map(slice.series.map((one) => [one.id, one.values.at(-1)]));
    expect(shown.get(LEAF)).toBeNaN();
    expect(shown.get(OTHER)).toBeGreaterThan(0);
    const series = { id: LEAF, measure: 'DEMAND', frequency: 'MONTHLY' } as const;
    const parts = await new DecompositionReader(panels).of(series, NOW, 1);
    expect(parts!.periods[0]!.observed).toBe(1);
  });

  it('are told with who said them and when, and in which periods they count', async () => {
    const [found, ...others] = await new StockOutReader(store.source).of([LEAF, total]);
    expect(others).toEqual([]);
    expect(found!.statements).toMatchObject([
      { number: 1, site: 's0', firstDay: '2025-12-05', lastDay: '2025-12-31', share: 1, saidBy: 'shop' },
    ]);
    expect([...found!.periods]).toEqual([Date.parse('2025-12-01T00:00:00Z')]);
  });

  it('leave forecasts of such a period without a score for good, once that was known when they were due', async () => {
    const scores = () =>
      store.rows<{ series_id: string; step: number; actual: number }>(
        `SELECT s.series_id, s.step, s.actual FROM forecast_score s JOIN forecast_run r ON r.id = s.run_id
         WHERE r.version_id = '0xaa' AND s.series_id = ANY($1) ORDER BY s.series_id, s.step`,
        [[LEAF, OTHER, total]],
      );
    await store.source.query(`
      INSERT INTO forecast_committed (chain_id, block_number, block_hash, log_index, tx_hash, block_time, family, version_id,
        root, as_of, first_target, count, committer)
      SELECT 31337, 1, '0x', 0, '0x', now(), 'demand', version_id, root, as_of, first_target, count, '0x'
      FROM forecast_run WHERE version_id = '0xaa'`);
    await store.source.query(`
      INSERT INTO observation SELECT id, month, CASE WHEN id = '${LEAF}' THEN 1 ELSE 40 END, 1
      FROM series, (VALUES (timestamptz '2026-01-01Z'), ('2026-02-01Z'), ('2026-03-01Z')) m (month)
      WHERE frequency = 'MONTHLY';
      INSERT INTO observation SELECT id, '2026-03-31Z', 1, 1 FROM series WHERE frequency = 'DAILY'`);
    await say(['2026-02-01', '2026-02-28'], '2026-03-05');
    const score = new ScoreService(store.source);
    expect(await score.scoreDue(new Date('2026-04-02T00:00:00Z'))).toBeGreaterThan(0);
    const found = await scores();
    const stepsOf = (id: string) => found.filter((one) => one.series_id === id).map(({ step }) => step);
    expect([stepsOf(LEAF), stepsOf(OTHER), stepsOf(total)]).toEqual([[2], [1, 2], [2]]);
    expect(found.every(({ actual }) => actual === 1 || actual === 40)).toBe(true);
    const leftOut = await store.rows(
      `SELECT l.step, l.stock_outs_up_to AS last FROM forecast_left_out l JOIN forecast_run r ON r.id = l.run_id
       WHERE r.version_id = '0xaa' AND l.series_id = $1`,
      [LEAF],
    );
    expect(leftOut).toEqual([{ step: 1, last: '4' }]);
    // Said after scores were given, of what was scored and of what was not.
    await say(['2026-03-01', '2026-03-31'], '2026-04-03');
    await say(['2026-02-01', '2026-02-28'], '2026-04-03', { value: 0 });
    const later = new Date('2026-04-04T00:00:00Z');
    expect(await score.scoreDue(later)).toBe(0);
    expect(await scores()).toEqual(found);
    // Only where the blocks are gone on which they rest is all judged anew, by what is known then.
    await store.source.query(`
      INSERT INTO derivation (name, key, chain_id, block_number, stale_from)
      SELECT 'forecast-score', id::text, 31337, 1, 1 FROM forecast_run WHERE version_id = '0xaa'`);
    expect(await score.scoreDue(later)).toBeGreaterThan(0);
    const anew = await scores();
    expect(anew.filter((one) => one.series_id === LEAF).map(({ step }) => step)).toEqual([1]);
  });
});
