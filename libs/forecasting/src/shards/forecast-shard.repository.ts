import { setImmediate as otherWork } from 'node:timers/promises';
import type { Hex } from '@tallyhouse/proofs';
import type { DataSource } from 'typeorm';
import { ApartError } from '../apart/apart.errors.js';
import type { ForecastContext, Forecaster } from '../contract/forecaster.js';
import { TIDE } from '../covariates/tide-model.js';
import { GLOBAL_NETWORK } from '../global/predict.js';
import type { PanelSeries } from '../series/panel.repository.js';
import { periodIndex } from '../series/periods.js';
import { CovariateBook } from '../statements/covariate-book.js';
import { readStatements } from '../statements/statement.repository.js';
import { shardContents, type OpenPlan } from './open-plan.repository.js';
import { packForecasts, type ForecastsAt } from './packed-forecasts.js';
import { unpackHistory } from './packed-history.js';
import { recordForecasts, type WantedForecast } from './recorded-forecaster.js';
import { toldForecaster, unpackTold } from './told-shard.js';
import { panelOf, wantedForecasts } from './wanted-forecasts.js';

/** Opens the model that an artifact holds. */
export type ModelOf = (artifactSha256: Hex) => Promise<{
  readonly forecaster: Forecaster;
  readonly context: ForecastContext;
  /** It runs in a process of its own, which takes a whole shard at once. */
  readonly isApart?: boolean;
}>;

/** Series between two moments at which the worker does other work, such as telling the queue that it lives. */
const PIECE = 16;
/** A network takes many at once, and its engine runs elsewhere. */
const NETWORKS: readonly string[] = [GLOBAL_NETWORK, TIDE];
const NETWORK_PIECE = 512;
/** A shard of a candidate that is begun so often and never ends may be what its workers are lost over. */
const MOST_ATTEMPTS = 5;

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
  const [begun] = await dataSource.query<[{ attempts: number }[], number]>(BEGIN, [runId, shard]);
  const [content] =
    begun.length > 0 ? await shardContents(dataSource, runId, ['history', 'reduced'], shard) : [];
  if (!content) return;
  if (plan.isShadow && begun[0]!.attempts > MOST_ATTEMPTS)
    throw new ApartError(`shard ${shard} was begun ${MOST_ATTEMPTS} times and never ended`);
  const model = await modelOf(plan.artifactSha256);
  const wanted = await wantedForecasts({ ...plan, end: endOf(plan) });
  const series = unpackHistory(content.history);
  const forecaster = await toldOf(dataSource, plan, shard, series, model.forecaster);
  const told = { ...model, forecaster };
  const made = await inPieces(plan, told, series, wanted);
  const reduced = content.reduced ? unpackHistory(content.reduced) : [];
  const apart = await inPieces(plan, told, reduced, wanted.slice(-1));
  const forecasts = packForecasts([...made, ...apart.map((one) => ({ ...one, isReduced: true }))]);
  await dataSource.query(KEEP, [runId, shard, Buffer.from(forecasts)]);
}

/** The wanted forecasts of some series, a few of them at a time. */
async function inPieces(
  plan: OpenPlan,
  { forecaster, context, isApart = false }: Awaited<ReturnType<ModelOf>>,
  series: readonly PanelSeries[],
  wanted: readonly WantedForecast[],
): Promise<ForecastsAt[]> {
  const inProcess = NETWORKS.includes(forecaster.name) ? NETWORK_PIECE : PIECE;
  const size = isApart ? Math.max(1, series.length) : inProcess;
  const made: ForecastsAt[][] = [];
  for (let at = 0; at < series.length; at += size) {
    made.push(await recordForecasts(forecaster, panelOf(plan, series.slice(at, at + size)), wanted, context));
    await otherWork();
  }
  return wanted.map(({ end }, at) => ({ end, forecasts: made.flatMap((piece) => piece[at]!.forecasts) }));
}

/** The model, told what was kept for the shard where it takes covariates. */
async function toldOf(
  dataSource: DataSource,
  { runId, gap, horizon, covariates: taken, statementSeq: upTo }: OpenPlan,
  shard: number,
  rows: readonly PanelSeries[],
  forecaster: Forecaster,
): Promise<Forecaster> {
  if (taken === null || upTo === null) return forecaster;
  const kept: { content: Uint8Array }[] = await dataSource.query(TOLD, [runId, shard]);
  const products = [...new Set(rows.flatMap(({ product }) => product ?? []))];
  const names = taken.covariates.map(({ name }) => name);
  const book = new CovariateBook(await readStatements(dataSource, { upTo, products, names }));
  const moments = kept.map(({ content }) => unpackTold(content, names.length));
  return toldForecaster(forecaster, { taken, book, rows, moments, steps: gap + horizon + taken.block });
}

const TOLD = 'SELECT content FROM forecast_shard_told WHERE run_id = $1 AND number = $2 ORDER BY moment';

const BEGIN = `
  UPDATE forecast_shard SET attempts = attempts + 1, begun_at = clock_timestamp()
  WHERE run_id = $1 AND number = $2 AND forecast_at IS NULL RETURNING attempts`;

/** Two statements would need a transaction: the shard is done where its forecasts are kept, and only then. */
const KEEP = `
  WITH done AS (
    UPDATE forecast_shard SET forecast_at = clock_timestamp(),
      forecast_ms = extract(epoch FROM clock_timestamp() - begun_at) * 1000
    WHERE run_id = $1 AND number = $2 AND forecast_at IS NULL RETURNING run_id, number
  ), told AS (
    DELETE FROM forecast_shard_told t USING done WHERE (t.run_id, t.number) = (done.run_id, done.number)
  )
  UPDATE forecast_shard_content c SET forecasts = $3 FROM done WHERE (c.run_id, c.number) = (done.run_id, done.number)`;
