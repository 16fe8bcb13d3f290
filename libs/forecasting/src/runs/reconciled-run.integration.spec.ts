import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { seededRandom } from '@tallyhouse/compute';
import { openStore, type TestStore } from '../../../supply-chain/test/capture-kit.js';
import { createForecaster } from '../methods/registry.js';
import { ForecastReader } from '../read/index.js';
import { PanelRepository } from '../series/panel.repository.js';
import { ForecastRunService } from './forecast-run.service.js';

jest.setTimeout(120_000);

const MONTHS = 48;
const NOW = new Date('2026-01-10T00:00:00Z');
const idOf = (at: number): string => `0x${String(at).padStart(64, '0')}`;

interface Made {
  readonly grain: string;
  readonly product?: string;
  readonly site?: string;
  readonly productGroup?: string;
  readonly country?: string;
}

const PRODUCTS = [
  ['p1', 'Dairy'],
  ['p2', 'Dairy'],
  ['p3', 'Fish'],
] as const;
const SITES = [
  ['s1', 'DE'],
  ['s2', 'FR'],
] as const;

const LEAVES = PRODUCTS.flatMap(([product]) =>
  SITES.map(([site]): Made => ({ grain: 'PRODUCT_SITE', product, site })),
);
const groupOf = (product: string | undefined) => PRODUCTS.find(([name]) => name === product)?.[1];
const countryOf = (site: string | undefined) => SITES.find(([name]) => name === site)?.[1];

const SERIES: readonly Made[] = [
  ...LEAVES,
  { grain: 'TOTAL' },
  ...PRODUCTS.map(([product]): Made => ({ grain: 'PRODUCT', product })),
  ...SITES.map(([site]): Made => ({ grain: 'SITE', site })),
  ...['Dairy', 'Fish'].map((productGroup): Made => ({ grain: 'GROUP', productGroup })),
  ...['DE', 'FR'].map((country): Made => ({ grain: 'COUNTRY', country })),
];

/** Which leaves a series sums up, said again and not by the code under test. */
const partsOf = (one: Made): number[] =>
  LEAVES.flatMap(({ product, site }, at) =>
    (one.product ?? product) === product &&
    (one.site ?? site) === site &&
    (one.productGroup ?? groupOf(product)) === groupOf(product) &&
    (one.country ?? countryOf(site)) === countryOf(site)
      ? [at]
      : [],
  );

async function fill(store: TestStore): Promise<void> {
  const random = seededRandom(6);
  const sold = LEAVES.map((_, at) =>
    Array.from({ length: MONTHS }, () => Math.round(20 + 4 * at + 6 * random.normal())),
  );
  for (const [product, group] of PRODUCTS)
    await store.source.query(`INSERT INTO product_class VALUES ($1, $1, $2, '0xa')`, [product, group]);
  for (const [site, country] of SITES)
    await store.source.query(`INSERT INTO site VALUES ($1, $1, $2, 'shop', '0xa')`, [site, country]);
  for (const [at, one] of SERIES.entries()) {
    await store.source.query(
      `INSERT INTO series (id, partner, measure, frequency, grain, product, site, product_group, country, label)
       VALUES ($1, '0xa', 'DEMAND', 'MONTHLY', $2, $3, $4, $5, $6, $1)`,
      [idOf(at), one.grain, one.product, one.site, one.productGroup, one.country],
    );
    const values = Array.from({ length: MONTHS }, (_, month) =>
      partsOf(one).reduce((sum, leaf) => sum + sold[leaf]![month]!, 0),
    );
    await store.source.query(
      `INSERT INTO observation SELECT $1, timestamptz '2022-01-01Z' + (n - 1) * interval '1 month', value, 1
       FROM unnest($2::float8[]) WITH ORDINALITY v (value, n)`,
      [idOf(at), values],
    );
  }
  await store.source.query(
    `INSERT INTO series (id, partner, measure, frequency, grain, label) VALUES ($1, '0xa', 'DEMAND', 'DAILY', 'TOTAL', 'd')`,
    [idOf(99)],
  );
  await store.source.query(`INSERT INTO observation VALUES ($1, '2025-12-31T00:00:00Z', 1, 1)`, [idOf(99)]);
}

describe('a run over products, groups, sites and countries', () => {
  let store: TestStore;
  beforeAll(async () => {
    store = await openStore();
    await fill(store);
  });
  afterAll(() => store.close());

  it('stores forecasts that add up at every level, and says how they were made to', async () => {
    const panels = new PanelRepository(store.source);
    const runId = await new ForecastRunService(store.source, panels).run({
      model: {
        family: 'demand',
        versionId: '0x1',
        artifactSha256: '0x2',
        proposalId: null,
        measure: 'DEMAND',
        frequency: 'monthly',
      },
      forecaster: createForecaster('ses'),
      context: { rng: seededRandom(1) },
      horizon: 3,
      now: NOW,
      block: 7,
    });
    const reader = new ForecastReader(store.source);
    const found = await Promise.all(SERIES.map((_, at) => reader.find(idOf(at), runId)));
    expect(found[0]!.run).toMatchObject({ reconciliation: 'MINT', reconciliationReason: null });
    SERIES.forEach((one, at) => {
      for (const [step, point] of found[at]!.points.entries()) {
        const sum = partsOf(one).reduce((total, leaf) => total + found[leaf]!.points[step]!.mean, 0);
        expect(point.mean).toBeCloseTo(sum, 8);
        const naive = partsOf(one).reduce((total, leaf) => total + found[leaf]!.points[step]!.baseline!, 0);
        expect(point.baseline).toBeCloseTo(naive, 8);
      }
      expect(found[at]!.points).toHaveLength(3);
    });
  });
});
