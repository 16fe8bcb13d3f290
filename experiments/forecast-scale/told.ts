import { openEngine, seededRandom, type Engine } from '@tallyhouse/compute';
import {
  forecasterFromArtifact,
  ForecastRunService,
  informedForecaster,
  outlookOf,
  PanelRepository,
  StatementRepository,
  tideArtifact,
  tideForecaster,
  type TakenCovariates,
} from '@tallyhouse/forecasting';
import type { DataSource } from 'typeorm';

const SERIES = { measure: 'DEMAND', frequency: 'monthly' } as const;

/** What the network takes; it forecasts a year at once. */
export const TOLD: TakenCovariates = {
  covariates: [
    { name: 'price', kind: 'relative' },
    { name: 'promotion', kind: 'plain' },
  ],
  block: 12,
};

/** A price and a promotion of every product and month, said twenty days before; of some products for one site alone. */
export async function sayPlans(source: DataSource): Promise<void> {
  await source.query(`
    INSERT INTO covariate_statement (partner, name, product, site, first_day, last_day, number, said_by, said_at)
    SELECT '0xa', name, product, CASE WHEN hashtextextended(product, 0) % 10 = 0 THEN 's3' END, month,
      (month + interval '1 month - 1 day')::date,
      CASE name WHEN 'price' THEN 2 + (hashtextextended(product || month, 1) & 255) / 256.0
                ELSE (hashtextextended(product || month, 2) & 7 = 0)::int END, 'experiment', month - interval '20 days'
    FROM (SELECT product FROM series WHERE grain = 'PRODUCT') p, unnest(ARRAY['price', 'promotion']) name,
      generate_series(timestamp '2016-01-01', timestamp '2026-12-01', interval '1 month') month`);
}

/** The file of a network that was trained a little, and the root of the run that one worker makes with it as a whole. */
export async function trainedOnPlans(
  source: DataSource,
  now: Date,
  horizon: number,
): Promise<{ bytes: Uint8Array; wholeRoot: string }> {
  const engine = await openEngine({ device: 'cpu', threads: 1 });
  try {
    const dated = (await new PanelRepository(source).panel({ ...SERIES, asOf: now }))!;
    const statements = await new StatementRepository(source).read();
    const outlook = outlookOf(dated, statements, { taken: TOLD, now, steps: horizon + 1 });
    const description = { family: 'demand', featureSpec: SERIES, dataRoot: null, dataBlock: null } as const;
    const tide = tideForecaster({ horizon: TOLD.block, hidden: 16, steps: 40 }, (model) =>
      tideArtifact(model, description),
    );
    const context = { rng: seededRandom(1), engine };
    const bytes = (await informedForecaster(tide, outlook).fit(dated.panel, context)).toArtifact!();
    return { bytes, wholeRoot: await wholeRun(source, bytes, engine, now, horizon) };
  } finally {
    await engine.close();
  }
}

async function wholeRun(
  source: DataSource,
  bytes: Uint8Array,
  engine: Engine,
  now: Date,
  horizon: number,
): Promise<string> {
  const versionId = `0x${'77'.repeat(32)}` as const;
  const id = await new ForecastRunService(source, new PanelRepository(source)).run({
    model: { ...SERIES, family: 'demand', versionId, artifactSha256: versionId, proposalId: null },
    forecaster: await forecasterFromArtifact(bytes, { engine }),
    context: { rng: seededRandom(1), engine },
    ...{ horizon, now, block: 1, covariates: TOLD },
  });
  const [row]: { root: string }[] = await source.query('SELECT root FROM forecast_run WHERE id = $1', [id]);
  return row!.root;
}
