import { setImmediate as otherWork } from 'node:timers/promises';
import type { Hex } from '@tallyhouse/proofs';
import type { DataSource } from 'typeorm';
import type { ForecastContext, Forecaster } from '../contract/forecaster.js';
import type { Panel, SeriesInput } from '../contract/panel.js';
import { GLOBAL_NETWORK } from '../global/predict.js';
import { STORED_LEVELS } from '../runs/run-points.js';
import { SEASON_LENGTH } from '../series/panel.repository.js';
import { periodIndex, periodStart } from '../series/periods.js';
import { shardContents, type OpenPlan } from './open-plan.repository.js';
import { packForecasts, type ForecastsAt } from './packed-forecasts.js';
import { unpackHistory } from './packed-history.js';
import { recordForecasts, wantedAtOrigins, type WantedForecast } from './recorded-forecaster.js';

/** Opens the model that an artifact holds. */
export type ModelOf = (artifactSha256: Hex) => Promise<{
  readonly forecaster: Forecaster;
  readonly context: ForecastContext;
}>;

/** Series between two moments at which the worker does other work, such as telling the queue that it lives. */
const PIECE = 16;
/** A network takes many at once, and its engine runs elsewhere. */
const NETWORK_PIECE = 512;

/** First period that is not known. */
export const endOf = ({ asOf, frequency }: OpenPlan): number => periodIndex(asOf.getTime(), frequency);

/** Fits the model to a shard's histories and keeps what it says, at past origins too where sums have to be brought together. */
export async function forecastShard(
  dataSource: DataSource,
  plan: OpenPlan,
  shard: number,
  modelOf: ModelOf,
): Promise<void> {
  const { runId } = plan;
  const [begun] = await dataSource.query<[unknown[], number]>(BEGIN, [runId, shard]);
  const [content] = begun.length > 0 ? await shardContents(dataSource, runId, ['history'], shard) : [];
  if (!content) return;
  const { forecaster, context } = await modelOf(plan.artifactSha256);
  const wanted = await wantedOf(plan);
  const series = unpackHistory(content.history);
  const size = forecaster.name === GLOBAL_NETWORK ? NETWORK_PIECE : PIECE;
  const made: ForecastsAt[][] = [];
  for (let at = 0; at < series.length; at += size) {
    made.push(await recordForecasts(forecaster, panelOf(plan, series.slice(at, at + size)), wanted, context));
    await otherWork();
  }
  const forecasts = packForecasts(
    wanted.map(({ end }, at) => ({ end, forecasts: made.flatMap((piece) => piece[at]!.forecasts) })),
  );
  await dataSource.query(KEEP, [runId, shard, Buffer.from(forecasts)]);
}

/** Some series of a plan as a panel. */
export const panelOf = ({ frequency }: OpenPlan, series: readonly SeriesInput[]): Panel => ({
  frequency,
  seasonLength: SEASON_LENGTH[frequency],
  series,
});

async function wantedOf(plan: OpenPlan): Promise<WantedForecast[]> {
  const end = endOf(plan);
  const periods = plan.gap + plan.horizon;
  const whole = { end, steps: periods, levels: STORED_LEVELS };
  if (plan.sums === 0) return [whole];
  const values = new Float64Array(end - plan.usualBegin);
  const usual = { id: 'usual', start: periodStart(plan.usualBegin, plan.frequency), values };
  return [...(await wantedAtOrigins(panelOf(plan, [usual]), periods)), whole];
}

const BEGIN = `
  UPDATE forecast_shard SET attempts = attempts + 1, begun_at = clock_timestamp()
  WHERE run_id = $1 AND number = $2 AND forecast_at IS NULL RETURNING number`;

/** Two statements would need a transaction: the shard is done where its forecasts are kept, and only then. */
const KEEP = `
  WITH done AS (
    UPDATE forecast_shard SET forecast_at = clock_timestamp(),
      forecast_ms = extract(epoch FROM clock_timestamp() - begun_at) * 1000
    WHERE run_id = $1 AND number = $2 AND forecast_at IS NULL RETURNING run_id, number
  )
  UPDATE forecast_shard_content c SET forecasts = $3 FROM done WHERE (c.run_id, c.number) = (done.run_id, done.number)`;
