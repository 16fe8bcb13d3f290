import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { bulkInsert, factsMoments, notify, recordDerivations, type FactsMoment } from '@tallyhouse/database';
import { merkleTree, type Hex } from '@tallyhouse/proofs';
import { originsOfRun } from '@tallyhouse/supply-chain';
import { currentTraceparent, inJoinedSpan } from '@tallyhouse/telemetry';
import { DataSource } from 'typeorm';
import type { ForecastContext, Forecaster, Reconciliation } from '../contract/forecaster.js';
import type { Frequency } from '../contract/panel.js';
import { coldStartForecaster } from '../cold-start/cold-start-forecaster.js';
import { reconciledForecaster } from '../hierarchy/reconciled-forecaster.js';
import { periodIndex, periodStartMs } from '../series/periods.js';
import { countSeries, PanelRepository, type DatedPanel, type Measure } from '../series/panel.repository.js';
import { panelSha256 } from '../series/panel-digest.js';
import {
  FORECAST_COLUMNS,
  forecastRow,
  leafOf,
  pointsOf,
  STORED_LEVELS,
  type ForecastPoint,
} from './run-points.js';
import { informedForecaster, outlookOf, withOutlook, type TakenCovariates } from '../statements/outlook.js';
import { readStatements } from '../statements/statement.repository.js';
import { insertRun } from './run-row.repository.js';
import { confirmRun, isCatchingUp } from './run-standing.repository.js';
import { TO_MATCH, WITHDRAW } from './run-standing.sql.js';
import { yardsticksOf } from './yardstick.js';

/** Data older than this many periods say nothing of the future any more. */
export const MAX_GAP_PERIODS = 60;

/** The model that makes a run. */
export interface RunningModel {
  readonly family: string;
  readonly versionId: Hex;
  readonly artifactSha256: Hex;
  readonly proposalId: string | null;
  readonly measure: Measure;
  readonly frequency: Frequency;
}

export interface RunRequest {
  readonly model: RunningModel;
  readonly forecaster: Forecaster;
  readonly context: ForecastContext;
  /** Periods to forecast, the first one being the first that begins after `now`. */
  readonly horizon: number;
  /** Time of the chain's latest indexed block. */
  readonly now: Date;
  readonly block: number;
  /** In shadow: the run of the version in force that this one must match in data and periods, or it is not made. */
  readonly beside?: RunIdentity;
  /** What the model takes of covariates; it is then told what had been said by `now`. */
  readonly covariates?: TakenCovariates;
  /** Of more series than this no run is made; without it all that there are are read at once. */
  readonly mostSeries?: number;
}

/** What runs of two versions have in common that rest on the same. */
export interface RunIdentity {
  readonly asOf: Date;
  readonly firstTarget: Date;
  /** Of the values alone, whatever either is told of covariates. */
  readonly valuesSha256: Hex;
}

/** A run of the version in force that a candidate has yet to match. */
export interface RunToMatch extends RunIdentity {
  /** Its id where it was made in shards; null where one worker made it. */
  readonly planId: string | null;
}

/** What a run is made of. */
interface RunBasis extends RunIdentity {
  readonly dated: DatedPanel;
  /** The model, told of covariates where it takes any. */
  readonly forecaster: Forecaster;
  /** Of all that the model reads. */
  readonly dataSha256: Hex;
  /** Periods from the end of the data to the first that is forecast. */
  readonly gap: number;
}

/** Makes and stores forecasts of periods that have not begun, under one Merkle root a run. */
@Injectable()
export class ForecastRunService {
  public constructor(
    private readonly dataSource: DataSource,
    private readonly panels: PanelRepository,
  ) {}

  /**
   * Runs the model once for what is known now; returns the run's id, or null when that run exists, there is no data, or
   * more is on its way: while captured events wait for the chain a forecast would rest on half of them. In shadow also null
   * when what is known is not what the other run was made of. Null, too, where there are more series than `mostSeries`.
   */
  public async run(request: RunRequest): Promise<string | null> {
    const { model, now } = request;
    const moments = await factsMoments(this.dataSource);
    if (await isCatchingUp(this.dataSource, model.versionId)) return null;
    if (await this.isTooLarge(request)) return null;
    const dated = await this.panels.panel({ measure: model.measure, frequency: model.frequency, asOf: now });
    if (!dated) return null;
    const firstTarget = periodIndex(now.getTime(), model.frequency) + 1;
    const gap = firstTarget - dated.end;
    const asOf = new Date(periodStartMs(dated.end, model.frequency));
    const identity: RunIdentity = {
      asOf,
      firstTarget: new Date(periodStartMs(firstTarget, model.frequency)),
      valuesSha256: panelSha256(dated.panel),
    };
    if (request.beside && !isSame(identity, request.beside)) return null;
    if (gap > MAX_GAP_PERIODS) return null;
    const basis = { ...identity, ...(await this.told(request, dated, gap)), dated, gap };
    if (await this.isThere(request, basis, moments)) return null;
    // After the data, which may hold what came on chain since `block`.
    const origins = await originsOfRun(this.dataSource, model.versionId, request.beside !== undefined);
    const name = request.beside ? 'shadow stage' : 'forecast stage';
    return inJoinedSpan(name, origins, {}, () => this.make(request, basis, moments));
  }

  /** The model with what it is to know of covariates, and the digest of all that it then reads. */
  private async told(
    { forecaster, covariates: taken, now, horizon }: RunRequest,
    dated: DatedPanel,
    gap: number,
  ): Promise<Pick<RunBasis, 'forecaster' | 'dataSha256'>> {
    if (!taken) return { forecaster, dataSha256: panelSha256(dated.panel) };
    const statements = await readStatements(this.dataSource);
    const outlook = outlookOf(dated, statements, { taken, now, steps: gap + horizon });
    return {
      forecaster: informedForecaster(forecaster, outlook),
      dataSha256: panelSha256(withOutlook(dated.panel, outlook)),
    };
  }

  private async make(request: RunRequest, basis: RunBasis, moments: readonly FactsMoment[]): Promise<string> {
    const { model, horizon } = request;
    const { dated, gap } = basis;
    const firstTarget = periodIndex(basis.firstTarget.getTime(), model.frequency);
    const started = coldStartForecaster(basis.forecaster, dated.hierarchy);
    const forecaster = reconciledForecaster(started, dated.hierarchy);
    const fitted = await forecaster.fit(dated.panel, request.context);
    const forecasts = await fitted.predict(gap + horizon, STORED_LEVELS);
    const yardsticks = yardsticksOf(dated.panel);
    const points = forecasts.flatMap((forecast) =>
      pointsOf(forecast, model.frequency, firstTarget, gap, yardsticks.get(forecast.id)),
    );
    const reconciled = forecasts.find((forecast) => forecast.reconciled)?.reconciled;
    return this.store(request, { ...basis, reconciled }, points, moments);
  }

  /** The run of the version in force that a candidate has yet to match; undefined when there is none. */
  public async toMatch(runningId: Hex, candidateId: Hex, now: Date): Promise<RunToMatch | undefined> {
    const [run]: RunToMatch[] = await this.dataSource.query(TO_MATCH, [runningId, candidateId, now]);
    return run;
  }

  /**
   * Withdraws runs that rest on blocks which are gone and that no running model gives again from what is there now: they
   * are not committed any more. Nothing while events still wait for the chain, since these may bring the same data back.
   *
   * @returns how many
   */
  public async withdrawStale(): Promise<number> {
    const [{ count }]: [{ count: number }] = await this.dataSource.query(WITHDRAW);
    return count;
  }

  private async isTooLarge({ model, mostSeries }: RunRequest): Promise<boolean> {
    return mostSeries !== undefined && (await countSeries(this.dataSource, model)) > mostSeries;
  }

  private isThere(
    { model, beside }: RunRequest,
    { asOf, dataSha256 }: RunBasis,
    moments: readonly FactsMoment[],
  ): Promise<boolean> {
    const { versionId, frequency } = model;
    const key = { versionId, frequency, asOf, dataSha256, isShadow: beside !== undefined };
    return confirmRun(this.dataSource, key, moments);
  }

  private async store(
    request: RunRequest,
    {
      asOf,
      firstTarget,
      dataSha256,
      valuesSha256,
      reconciled,
      dated,
    }: RunBasis & { reconciled: Reconciliation | undefined },
    points: readonly ForecastPoint[],
    moments: readonly FactsMoment[],
  ): Promise<string> {
    const { model } = request;
    const runId = randomUUID();
    const { root } = merkleTree(points.map(leafOf));
    await this.dataSource.transaction(async (manager) => {
      await insertRun(manager, {
        ...{ id: runId, model, asOf, firstTarget, dataSha256, root, reconciled },
        ...(request.covariates ? { valuesSha256 } : {}),
        ...(dated.stockOuts ? { stockOutsUpTo: dated.stockOuts.upTo } : {}),
        ...{ block: request.block, count: points.length, isShadow: request.beside !== undefined },
        traceparent: currentTraceparent(),
      });
      await bulkInsert(
        manager,
        'forecast',
        FORECAST_COLUMNS,
        points.map((point, index) => forecastRow(runId, point, index)),
      );
      await notify(manager, 'tallyhouse_forecast', { runId });
      await recordDerivations(manager, 'forecast-run', [runId], moments);
    });
    return runId;
  }
}

function isSame(one: RunIdentity, other: RunIdentity): boolean {
  return (
    one.valuesSha256 === other.valuesSha256 &&
    one.asOf.getTime() === other.asOf.getTime() &&
    one.firstTarget.getTime() === other.firstTarget.getTime()
  );
}
