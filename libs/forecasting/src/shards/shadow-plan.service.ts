import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { factsMoments, type FactsMoment } from '@tallyhouse/database';
import type { Hex } from '@tallyhouse/proofs';
import { originsOfRun } from '@tallyhouse/supply-chain';
import { currentTraceparent, inJoinedSpan } from '@tallyhouse/telemetry';
import { DataSource, type EntityManager } from 'typeorm';
import { firstPeriod } from '../backtest/slice.js';
import type { Frequency } from '../contract/panel.js';
import { confirmRun } from '../runs/run-standing.repository.js';
import type { PanelHead, PanelOutline } from '../series/panel-outline.repository.js';
import { periodIndex } from '../series/periods.js';
import type { TakenCovariates } from '../statements/outlook.js';
import { lastStatement } from '../statements/statement.repository.js';
import { giveUpPlan, giveUpStale } from './give-up.repository.js';
import { shardContents } from './open-plan.repository.js';
import { unpackHistory } from './packed-history.js';
import { shareOf } from './shares.repository.js';
import { BESIDE, HOLD_PLAN, INSERT_BESIDE, SHARE_SHARDS } from './shadow-plan.sql.js';
import { tellingOf } from './shard-plan.service.js';
import { CLOSE_AS_KNOWN, DIGESTS } from './shard-plan.sql.js';
import { wantedForecasts } from './wanted-forecasts.js';

/** What is to be forecast in shadow. */
export interface ShadowPlanRequest {
  readonly versionId: Hex;
  readonly artifactSha256: Hex;
  /** The run in shards beside which it is made: of the same data and periods. */
  readonly besideId: string;
  /** Time of the chain's latest indexed block. */
  readonly now: Date;
  /** What the model takes of covariates; the run is then told what had been said by `now`. */
  readonly covariates?: TakenCovariates;
}

/** The run beside which a candidate is run. */
interface Beside {
  readonly frequency: Frequency;
  readonly asOf: Date;
  readonly valuesSha256: Hex;
  readonly usualBegin: number;
  readonly sums: number;
  readonly horizon: number;
  readonly gap: number;
  readonly shards: number;
  readonly shardSeries: number;
}

/** A share of the run of a candidate, by its name. */
export interface ShadowShare {
  readonly name: string;
  readonly runId: string;
  readonly family: string;
  readonly versionId: Hex;
}

/** Cuts the runs of candidates into the shards of the run beside which they are made; they share its histories. */
@Injectable()
export class ShadowPlanService {
  public constructor(private readonly dataSource: DataSource) {}

  /**
   * Plans the run of a candidate, unless one of it is under way or there already, or the histories of the other are gone.
   *
   * @returns the id that the run will have, or null
   */
  public async plan(request: ShadowPlanRequest): Promise<string | null> {
    // Before it is looked whether the other run stands: both then rest on what was there.
    const moments = await factsMoments(this.dataSource);
    const origins = await originsOfRun(this.dataSource, request.versionId, true);
    return this.dataSource.transaction(async (manager) => {
      await manager.query(HOLD_PLAN, [request.besideId]);
      const [beside] = await manager.query<Beside[]>(BESIDE, [request.besideId]);
      if (!beside) return null;
      return inJoinedSpan('shadow stage', origins, {}, () => this.cut(manager, request, beside, moments));
    });
  }

  /**
   * Gives up plans that nobody waits for any more: their model is no candidate, or their first period has begun.
   *
   * @returns the reason of each that was open
   */
  public abandonStale(candidates: readonly Hex[], now: Date): Promise<string[]> {
    return giveUpStale(this.dataSource, { versionIds: candidates, now, isShadow: true });
  }

  /** Gives a plan up with all that it had stored, for a reason that is told. */
  public giveUp(runId: string, reason: string): Promise<void> {
    return giveUpPlan(this.dataSource, runId, reason);
  }

  /** Whose share it is; undefined for what is no share of a candidate's run. */
  public async shareOf(name: string): Promise<ShadowShare | undefined> {
    const runId = shareOf(name)?.runId;
    if (runId === undefined) return undefined;
    const [plan]: ShadowShare[] = await this.dataSource.query(SHADOW_PLAN, [runId, name]);
    return plan;
  }

  /** Milliseconds that workers spent on the shards of a run that is stored; undefined for any other. */
  public async spentMs(runId: string): Promise<number | undefined> {
    const [row]: { ms: number | null }[] = await this.dataSource.query(SPENT_MS, [runId]);
    return row?.ms ?? undefined;
  }

  private async cut(
    manager: EntityManager,
    request: ShadowPlanRequest,
    beside: Beside,
    moments: readonly FactsMoment[],
  ): Promise<string | null> {
    const { versionId, artifactSha256, besideId, now, covariates } = request;
    const { frequency, asOf, valuesSha256 } = beside;
    const runId = randomUUID();
    const statementSeq = covariates ? await lastStatement(manager) : null;
    const planned = await manager.query<unknown[]>(INSERT_BESIDE, [
      ...[besideId, runId, versionId, artifactSha256, JSON.stringify(moments), currentTraceparent()],
      ...(covariates ? [JSON.stringify(covariates), statementSeq, now] : [null, null, null]),
    ]);
    if (planned.length === 0) return null;
    await manager.query(SHARE_SHARDS, [besideId, runId]);
    let dataSha256 = valuesSha256;
    if (covariates) {
      dataSha256 = await told(manager, runId, { ...request, covariates, upTo: statementSeq! }, beside);
      await manager.query(DIGESTS, [runId, dataSha256, valuesSha256]);
    }
    const key = { versionId, frequency, asOf, dataSha256, isShadow: true };
    if (!(await confirmRun(this.dataSource, key, moments))) return runId;
    await manager.query(CLOSE_AS_KNOWN, [runId]);
    await manager.query('DELETE FROM forecast_shard WHERE run_id = $1', [runId]);
    return null;
  }
}

/** Keeps what the shards of a candidate that takes covariates are told; returns the digest of all that it reads. */
async function told(
  manager: EntityManager,
  runId: string,
  { now, covariates, upTo }: ShadowPlanRequest & { covariates: TakenCovariates; upTo: number },
  beside: Beside,
): Promise<Hex> {
  const { frequency, horizon, gap, shards, shardSeries } = beside;
  const outline = await outlineOf(manager, runId, beside);
  const wanted = await wantedForecasts({ ...beside, end: outline.end });
  const request = { model: { frequency }, covariates, horizon, now, shardSeries, upTo };
  const telling = (await tellingOf(manager, request, outline, gap, wanted))!;
  for (let number = 0; number < shards; number += 1) {
    const [content] = await shardContents(manager, runId, ['history'], number);
    telling.add(unpackHistory(content!.history));
  }
  return telling.tell(manager, runId);
}

async function outlineOf(
  manager: EntityManager,
  runId: string,
  { frequency, asOf, shards }: Beside,
): Promise<PanelOutline> {
  const heads: PanelHead[] = [];
  for (let number = 0; number < shards; number += 1) {
    const [content] = await shardContents(manager, runId, ['history'], number);
    for (const series of unpackHistory(content!.history)) {
      const { values: _, start: __, ...row } = series;
      heads.push({ ...row, begin: firstPeriod(series, frequency) });
    }
  }
  return { end: periodIndex(asOf.getTime(), frequency), heads };
}

const SHADOW_PLAN = `
  SELECT $2::text AS name, run_id AS "runId", family, version_id AS "versionId" FROM forecast_plan
  WHERE run_id = $1 AND is_shadow`;

const SPENT_MS = `
  SELECT sum(s.forecast_ms + s.write_ms)::float8 AS ms FROM forecast_plan p JOIN forecast_shard s ON s.run_id = p.run_id
  WHERE p.run_id = $1 AND p.outcome = 'STORED'`;
