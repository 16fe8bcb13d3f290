import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { factsMoments, type FactsMoment } from '@tallyhouse/database';
import type { Hex } from '@tallyhouse/proofs';
import { originsOfRun } from '@tallyhouse/supply-chain';
import { currentTraceparent, inJoinedSpan } from '@tallyhouse/telemetry';
import { DataSource, type EntityManager } from 'typeorm';
import { MAX_GAP_PERIODS, type RunningModel } from '../runs/forecast-run.service.js';
import { confirmRun, isCatchingUp } from '../runs/run-standing.repository.js';
import { grainHierarchy } from '../series/grain-hierarchy.js';
import { PanelDigest } from '../series/panel-digest.js';
import {
  countSeries,
  panelStockOuts,
  readPanelPage,
  SEASON_LENGTH,
  type PanelSeries,
} from '../series/panel.repository.js';
import { periodIndex, periodStartMs } from '../series/periods.js';
import { panelOutline, type PanelOutline } from '../series/panel-outline.repository.js';
import { CovariateBook } from '../statements/covariate-book.js';
import type { TakenCovariates } from '../statements/outlook.js';
import { lastStatement, readStatements } from '../statements/statement.repository.js';
import { forgetHistories, giveUpStale } from './give-up.repository.js';
import { NewParts } from './new-parts.repository.js';
import { packHistory } from './packed-history.js';
import type { WantedForecast } from './recorded-forecaster.js';
import {
  CLOSE_AS_KNOWN,
  DIGESTS,
  INSERT_CONTENT,
  INSERT_PLAN,
  INSERT_SHARD,
  NOTHING_NEW,
} from './shard-plan.sql.js';
import { ShardTelling } from './shard-telling.repository.js';
import { wantedForecasts } from './wanted-forecasts.js';

/** What is to be forecast in shards. */
export interface PlanRequest {
  readonly model: RunningModel;
  /** Periods from the first that begins after `now`. */
  readonly horizon: number;
  /** Time of the chain's latest indexed block. */
  readonly now: Date;
  readonly block: number;
  /** Series of a shard. */
  readonly shardSeries: number;
  /** What the model takes of covariates; the run is then told what had been said by `now`. */
  readonly covariates?: TakenCovariates;
}

/** The times of a run by its outline. */
interface RunTimes {
  readonly firstTarget: number;
  readonly gap: number;
}

/** Cuts a run over many series into shards, each with what was known when it was cut. */
@Injectable()
export class ShardPlanService {
  public constructor(private readonly dataSource: DataSource) {}

  /** Whether there are more series than one shard holds. */
  public async isLarge(model: RunningModel, shardSeries: number): Promise<boolean> {
    return (await countSeries(this.dataSource, model)) > shardSeries;
  }

  /**
   * Plans the run of a model over what is known now, unless it is under way, there already, or data are on their way. Histories
   * are copied, so that what comes meanwhile changes no shard.
   *
   * @returns the id that the run will have, or null
   */
  public async plan(request: PlanRequest): Promise<string | null> {
    const { model, now } = request;
    const moments = await factsMoments(this.dataSource);
    if (await isCatchingUp(this.dataSource, model.versionId)) return null;
    const firstTarget = periodIndex(now.getTime(), model.frequency) + 1;
    const target = new Date(periodStartMs(firstTarget, model.frequency));
    const [nothingNew] = await this.dataSource.query<unknown[]>(NOTHING_NEW, [
      ...[model.versionId, model.frequency.toUpperCase(), target, now],
    ]);
    if (nothingNew !== undefined) return null;
    return this.dataSource.transaction('REPEATABLE READ', async (manager) => {
      const panel = { measure: model.measure, frequency: model.frequency, asOf: now };
      const outline = await panelOutline(manager, panel);
      const gap = outline ? firstTarget - outline.end : Infinity;
      if (!outline || gap > MAX_GAP_PERIODS) return null;
      const origins = await originsOfRun(this.dataSource, model.versionId, false);
      return inJoinedSpan('forecast stage', origins, {}, () =>
        this.cut(manager, request, outline, { firstTarget, gap }, moments),
      );
    });
  }

  /**
   * Gives up plans that nobody waits for any more: their model is not in force, or their first period has begun. Histories that no
   * candidate can be forecast from any more go.
   *
   * @param inForce versions
   * @returns the reason of each that was open
   */
  public async abandonStale(inForce: readonly Hex[], now: Date): Promise<string[]> {
    const reasons = await giveUpStale(this.dataSource, { versionIds: inForce, now, isShadow: false });
    await forgetHistories(this.dataSource, now);
    return reasons;
  }

  private async cut(
    manager: EntityManager,
    request: PlanRequest,
    outline: PanelOutline,
    times: RunTimes,
    moments: readonly FactsMoment[],
  ): Promise<string | null> {
    const { model } = request;
    const runId = randomUUID();
    const asOf = new Date(periodStartMs(outline.end, model.frequency));
    const { heads, end } = outline;
    const { frequency } = model;
    const hierarchy = grainHierarchy(heads);
    const [sums, begin] = [hierarchy.sums.length, usualBegin(heads)];
    const wanted = await wantedForecasts({
      ...{ frequency, end, usualBegin: begin, sums, horizon: request.horizon, gap: times.gap },
    });
    const statementSeq = request.covariates ? await lastStatement(manager) : null;
    await manager.query(INSERT_PLAN, [
      ...planRow(runId, request, { series: heads.length, sums, usualBegin: begin }, times, asOf, moments),
      ...(request.covariates
        ? [JSON.stringify(request.covariates), statementSeq, request.now]
        : [null, null, null]),
    ]);
    const { shardSeries } = request;
    const newParts = new NewParts({ frequency, hierarchy, heads, shardSeries, origins: wanted.slice(0, -1) });
    const telling = await tellingOf(manager, { ...request, upTo: statementSeq }, outline, times.gap, wanted);
    const valuesSha256 = await copyHistories(manager, runId, request, outline, (series) => {
      newParts.add(series);
      telling?.add(series);
    });
    await newParts.keep(manager, runId);
    const dataSha256 = telling ? await telling.tell(manager, runId) : valuesSha256;
    await manager.query(DIGESTS, [runId, dataSha256, telling ? valuesSha256 : null]);
    const { versionId } = model;
    const key = { versionId, frequency, asOf, dataSha256, isShadow: false };
    if (!(await confirmRun(this.dataSource, key, moments))) return runId;
    await manager.query(CLOSE_AS_KNOWN, [runId]);
    await manager.query('DELETE FROM forecast_shard WHERE run_id = $1', [runId]);
    return null;
  }
}

function planRow(
  runId: string,
  { model, horizon, block, shardSeries, now }: PlanRequest,
  { series, sums, usualBegin: begin }: { series: number; sums: number; usualBegin: number },
  { firstTarget, gap }: RunTimes,
  asOf: Date,
  moments: readonly FactsMoment[],
): unknown[] {
  return [
    ...[runId, model.family, model.versionId, model.artifactSha256, model.proposalId, model.measure],
    ...[
      model.frequency.toUpperCase(),
      asOf,
      new Date(periodStartMs(firstTarget, model.frequency)),
      block,
      now,
    ],
    ...[begin, sums, series],
    ...[Math.ceil(series / shardSeries), horizon, gap, JSON.stringify(moments), currentTraceparent()],
  ];
}

/** Number of the first period of the middle series. */
const usualBegin = (heads: PanelOutline['heads']): number =>
  heads.map(({ begin }) => begin).sort((a, b) => a - b)[heads.length >> 1]!;

/** What of a plan says what its shards are told. */
export interface ToldRequest extends Omit<PlanRequest, 'model' | 'block'> {
  readonly model: Pick<RunningModel, 'frequency'>;
  /** Number of the last statement that is read. */
  readonly upTo: number | null;
}

/** What works out the covariates of sums; undefined where the model takes none. */
export async function tellingOf(
  manager: EntityManager,
  { model, covariates: taken, horizon, now, shardSeries, upTo }: ToldRequest,
  outline: PanelOutline,
  gap: number,
  wanted: readonly WantedForecast[],
): Promise<ShardTelling | undefined> {
  if (!taken) return undefined;
  const { frequency } = model;
  const names = taken.covariates.map(({ name }) => name);
  return new ShardTelling({
    ...{ taken, outline, frequency, now, shardSeries, ends: wanted.map((one) => one.end) },
    ...{
      book: new CovariateBook(await readStatements(manager, { names, ...(upTo === null ? {} : { upTo }) })),
      steps: gap + horizon + taken.block,
    },
  });
}

/** Copies the panel shard by shard, never holding more than one; returns the digest of all of it. */
async function copyHistories(
  manager: EntityManager,
  runId: string,
  { model, now, shardSeries }: PlanRequest,
  { end, heads }: PanelOutline,
  look: (series: readonly PanelSeries[]) => void,
): Promise<Hex> {
  const { measure, frequency } = model;
  const digest = new PanelDigest({ frequency, seasonLength: SEASON_LENGTH[frequency] });
  const panel = { measure, frequency, asOf: now };
  const stockOuts = await panelStockOuts(manager, panel, end, heads);
  for (let number = 0; number * shardSeries < heads.length; number += 1) {
    const begin = number * shardSeries;
    const ids = heads.slice(begin, begin + shardSeries).map(({ id }) => id);
    const sold = await readPanelPage(manager, panel, end, ids);
    const series = stockOuts ? sold.map((one) => stockOuts.known.wanted(one)) : sold;
    digest.add(series);
    look(series);
    await manager.query(INSERT_SHARD, [runId, number, begin, series.length]);
    await manager.query(INSERT_CONTENT, [runId, number, Buffer.from(packHistory(series))]);
  }
  return digest.sha256();
}
