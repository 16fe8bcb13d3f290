import type { DataSource } from 'typeorm';
import { FIRST_VERSION, hash, PARTNER } from './chain-rows.js';

export const RUN_ID = '5b1c7d0e-0000-4000-8000-000000000001';
export const RUN_ROOT = hash(77);
export const SERIES_ID = hash(70);

/** A series with 12 weeks observed. */
export async function addSeries(dataSource: DataSource, id: string, product: string): Promise<void> {
  await dataSource.query(
    `INSERT INTO series (id, partner, measure, frequency, grain, product, site, destination, label)
     VALUES ($1, $4, 'DEMAND', 'WEEKLY', 'PRODUCT', $2, NULL, NULL, $3)`,
    [id, product, `Demand of ${product}`, PARTNER],
  );
  await dataSource.query(
    `INSERT INTO observation (series_id, period_start, value, event_count)
     SELECT $1, timestamptz '2026-01-05Z' + week * interval '7 days', 10 + week, 3 FROM generate_series(0, 11) week`,
    [id],
  );
}

/** The run, once. */
export async function addRun(dataSource: DataSource): Promise<void> {
  await dataSource.query(
    `INSERT INTO forecast_run (id, family, version_id, artifact_sha256, proposal_id, frequency, as_of, first_target,
       as_of_block, data_sha256, levels, root, count, created_at)
     VALUES ($1, 'demand', $2, $3, NULL, 'WEEKLY', '2026-03-30Z', '2026-03-30Z', 9, $5, '{0.1,0.5,0.9}', $4, 2, now())`,
    [RUN_ID, FIRST_VERSION, hash(11), RUN_ROOT, hash(14)],
  );
}

/** Two steps of a series in the run, the outcome of the first known. */
export async function addForecast(dataSource: DataSource, seriesId: string): Promise<void> {
  await dataSource.query(
    `INSERT INTO forecast (run_id, series_id, step, leaf_index, target_start, target_end, mean, quantiles, method)
     SELECT $1, $2, step, step - 1, timestamptz '2026-03-30Z' + (step - 1) * interval '7 days',
       timestamptz '2026-03-30Z' + step * interval '7 days', 22, '{18,22,27}', 'theta' FROM generate_series(1, 2) step`,
    [RUN_ID, seriesId],
  );
  await dataSource.query(
    `INSERT INTO forecast_score (run_id, series_id, step, actual, abs_error, smape, pinball, inside_80, scored_at)
     VALUES ($1, $2, 1, 24, 2, 0.087, 0.9, true, now())`,
    [RUN_ID, seriesId],
  );
}

/** What the workers run: the first version. */
export async function addRuntime(dataSource: DataSource): Promise<void> {
  await dataSource.query(
    `INSERT INTO model_runtime (family, running_version_id, running_artifact_sha256, running_proposal_id,
       wanted_version_id, wanted_artifact_sha256, state, reason, since)
     VALUES ('demand', $1, $2, NULL, $1, $2, 'RUNNING', NULL, now())`,
    [FIRST_VERSION, hash(11)],
  );
}
