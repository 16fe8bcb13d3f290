import { openEngine, seededRandom } from '@tallyhouse/compute';
import {
  informedForecaster,
  outlookOf,
  PanelRepository,
  statedCovariates,
  StatementRepository,
  tideArtifact,
  tideForecaster,
  type NewStatement,
} from '@tallyhouse/forecasting';
import { ARTIFACT_STORE, type ArtifactStore } from '@tallyhouse/model-registry';
import type { Hex } from '@tallyhouse/proofs';
import type { DataSource } from 'typeorm';
import type { ApiUnderTest } from './api-under-test.js';
import { hash, PARTNER } from './chain-rows.js';

/** Time of the last block. */
export const NOW = new Date('2026-01-10T00:00:00Z');
const MONTHS = 40;
const PRODUCTS = 24;
const SITE = 'https://id.gs1.org/414/9521141000014';
export const productOf = (at: number): string =>
  `https://id.gs1.org/01/0952114${String(at).padStart(7, '0')}`;
export const idOf = (at: number): string => hash(1_000 + at);
/** The sum of all products. */
export const TOTAL = idOf(PRODUCTS);

/** Demand falls with the price to the power of -1.5; prices move every month and were said at once. */
export async function fillPricedMonths(dataSource: DataSource): Promise<void> {
  const random = seededRandom(4);
  const statements: NewStatement[] = [];
  const total = new Float64Array(MONTHS);
  const write = async (at: number, grain: string, product: string | null, values: Float64Array) => {
    await dataSource.query(
      `INSERT INTO series (id, partner, measure, frequency, grain, product, site, label)
       VALUES ($1, $2, 'DEMAND', 'MONTHLY', $3, $4, $5, $1)`,
      [idOf(at), PARTNER, grain, product, grain === 'TOTAL' ? null : SITE],
    );
    await dataSource.query(
      `INSERT INTO observation SELECT $1, timestamptz '2022-09-01Z' + (n - 1) * interval '1 month', value, 1
       FROM unnest($2::float8[]) WITH ORDINALITY v (value, n)`,
      [idOf(at), [...values]],
    );
  };
  for (let at = 0; at < PRODUCTS; at++) {
    const level = 50 + 100 * random.uniform();
    const values = Float64Array.from({ length: MONTHS }, (_, month) => {
      const price = 2 * (0.8 + 0.4 * random.uniform());
      const begin = new Date(Date.UTC(2022, 8 + month, 1));
      statements.push({
        ...{ name: 'price', product: productOf(at), site: null, value: price, saidAt: begin },
        firstDay: begin.toISOString().slice(0, 10),
        lastDay: new Date(Date.UTC(2022, 9 + month, 0)).toISOString().slice(0, 10),
      });
      const sold = Math.round(level * (price / 2) ** -1.5 * (1 + 0.05 * random.normal()));
      total[month]! += sold;
      return sold;
    });
    await write(at, 'PRODUCT_SITE', productOf(at), values);
  }
  await write(PRODUCTS, 'TOTAL', null, total);
  await dataSource.query(
    `INSERT INTO series (id, partner, measure, frequency, grain, label) VALUES ($1, $2, 'DEMAND', 'DAILY', 'TOTAL', 'd')`,
    [hash(999), PARTNER],
  );
  await dataSource.query(`INSERT INTO observation VALUES ($1, '2025-12-31T00:00:00Z', 1, 1)`, [hash(999)]);
  await new StatementRepository(dataSource).add(PARTNER, 'import', statements);
}

/** Trains a small network on what is there, and puts it into force. */
export async function putIntoForce({ dataSource, app }: ApiUnderTest): Promise<Hex> {
  const request = { measure: 'DEMAND', frequency: 'monthly', asOf: NOW } as const;
  const dated = (await new PanelRepository(dataSource).panel(request))!;
  const statements = await new StatementRepository(dataSource).read();
  const taken = { covariates: statedCovariates(statements), block: 4 };
  const outlook = outlookOf(dated, statements, { taken, now: NOW, steps: 4 });
  const engine = await openEngine({ device: 'cpu', threads: 1 });
  try {
    const settings = {
      horizon: 4,
      hidden: 24,
      steps: 250,
      batchSize: 96,
      learningRate: 5e-3,
      inputSize: 12,
    };
    const tide = tideForecaster(settings, (model) =>
      tideArtifact(model, {
        ...{ family: 'demand', dataRoot: null, dataBlock: null },
        featureSpec: { measure: 'DEMAND', frequency: 'monthly' },
      }),
    );
    const fitted = await informedForecaster(tide, outlook).fit(dated.panel, {
      rng: seededRandom(2),
      engine,
    });
    const sha256 = await app.get<ArtifactStore>(ARTIFACT_STORE).put(fitted.toArtifact!());
    await dataSource.query('UPDATE model_runtime SET running_artifact_sha256 = $1', [sha256]);
    return sha256;
  } finally {
    await engine.close();
  }
}
