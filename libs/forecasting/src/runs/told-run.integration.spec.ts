import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { seededRandom } from '@tallyhouse/compute';
import { openStore, type TestStore } from '../../../supply-chain/test/capture-kit.js';
import type { Forecaster } from '../contract/forecaster.js';
import type { Panel } from '../contract/panel.js';
import type { Covariate, CovariatePanel } from '../covariates/covariate-panel.js';
import { localForecaster } from '../methods/local-forecaster.js';
import { naive } from '../methods/naive.js';
import { panelSha256 } from '../series/panel-digest.js';
import { PanelRepository } from '../series/panel.repository.js';
import { fillPanel } from '../shards/sharded-run.fixture.js';
import type { NewStatement } from '../statements/statement.js';
import { StatementRepository } from '../statements/statement.repository.js';
import { ForecastRunService, type RunningModel, type RunRequest } from './forecast-run.service.js';

jest.setTimeout(120_000);

const NOW = new Date('2026-01-10T00:00:00Z');
const PRICE: Covariate = { name: 'price', kind: 'relative' };
const MODEL: Omit<RunningModel, 'versionId'> = {
  ...{ family: 'demand', artifactSha256: '0x2', proposalId: null },
  ...{ measure: 'DEMAND', frequency: 'monthly' },
};

describe('a run that is told covariates', () => {
  let store: TestStore;
  let runs: ForecastRunService;
  let statements: StatementRepository;
  /** The whole panels that the model was shown. */
  let seen: CovariatePanel[];
  beforeAll(async () => {
    store = await openStore();
    await fillPanel(store);
    runs = new ForecastRunService(store.source, new PanelRepository(store.source));
    statements = new StatementRepository(store.source);
    await statements.add('0xa', 'import', [price(2, '2025-01-01', '2025-12-31', '2025-01-01')]);
  });
  afterAll(() => store.close());

  const price = (value: number, firstDay: string, lastDay: string, saidAt: string): NewStatement => ({
    ...{ name: 'price', product: 'p0', site: null, firstDay, lastDay, value, saidAt: new Date(saidAt) },
  });
  const watching: Forecaster = {
    name: 'watching',
    fit(panel: Panel, context) {
      const known = panel.series.some(({ start, values }) => start === '2022-09-01' && values.length === 40);
      if (known) seen.push(panel as CovariatePanel);
      return localForecaster(naive).fit(panel, context);
    },
  };
  const run = (versionId: '0x1' | '0x3' | '0x4', over: Partial<RunRequest> = {}): Promise<string | null> => {
    seen = [];
    return runs.run({
      ...{ model: { ...MODEL, versionId }, forecaster: watching, context: { rng: seededRandom(1) } },
      ...{ horizon: 3, now: NOW, block: 7, covariates: { covariates: [PRICE], block: 3 }, ...over },
    });
  };
  const digests = async (id: string | null): Promise<{ data: string; values: string | null }> => {
    const [row]: { data: string; values: string | null }[] = await store.source.query(
      'SELECT data_sha256 AS data, values_sha256 AS values FROM forecast_run WHERE id = $1',
      [id],
    );
    return row!;
  };

  it('shows the model what had been said by then, for all periods and steps, and says so in its digest', async () => {
    const found = await digests(await run('0x1'));
    const panel = seen[0]!;
    const lengths = panel.series.map(({ values, covariates }) => covariates[0]!.length - values.length);
    expect(Math.min(...lengths)).toBeGreaterThanOrEqual(3);
    expect(found.data).toBe(panelSha256(panel));
    const { panel: bare } = (await new PanelRepository(store.source).panel({ ...MODEL, asOf: NOW }))!;
    expect(found.values).toBe(panelSha256(bare));
    expect(found.data).not.toBe(found.values);
  });

  it('is there already until something else is said, and then is another run of the same values', async () => {
    expect(await run('0x1')).toBeNull();
    await statements.add('0xa', 'import', [price(3, '2026-02-01', '2026-02-28', '2026-01-09')]);
    const [before]: { data: string; values: string }[] = await store.source.query(
      'SELECT data_sha256 AS data, values_sha256 AS values FROM forecast_run',
    );
    const after = await digests(await run('0x1'));
    expect(after.values).toBe(before!.values);
    expect(after.data).not.toBe(before!.data);
    const told = seen[0]!.series.filter(({ covariates }) => covariates[0]!.includes(3));
    expect(told).toHaveLength(4);
  });

  it('knows nothing that is said later than it is made', async () => {
    await statements.add('0xa', 'import', [price(9, '2024-01-01', '2026-12-31', '2026-01-10')]);
    expect(await run('0x1')).toBeNull();
    expect(await run('0x1', { now: new Date('2026-01-11T00:00:00Z') })).not.toBeNull();
    expect(seen[0]!.series.some(({ covariates }) => covariates[0]!.includes(9))).toBe(true);
  });

  it('of a version without covariates has the digest that it always had', async () => {
    const id = await runs.run({
      ...{ model: { ...MODEL, versionId: '0x3' }, forecaster: localForecaster(naive) },
      ...{ context: { rng: seededRandom(1) }, horizon: 3, now: NOW, block: 7 },
    });
    const { panel } = (await new PanelRepository(store.source).panel({ ...MODEL, asOf: NOW }))!;
    expect(await digests(id)).toEqual({ data: panelSha256(panel), values: null });
  });

  it('in shadow matches a run of the same values that was told nothing', async () => {
    const beside = (await runs.toMatch('0x3', '0x4', NOW))!;
    expect(await run('0x4', { beside })).not.toBeNull();
    expect(await runs.toMatch('0x3', '0x4', NOW)).toBeUndefined();
    const other = { ...beside, valuesSha256: `0x${'00'.repeat(32)}` as const };
    expect(await run('0x4', { beside: other })).toBeNull();
  });
});
