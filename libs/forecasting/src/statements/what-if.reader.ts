import { Injectable } from '@nestjs/common';
import { seededRandom } from '@tallyhouse/compute';
import type { Hex } from '@tallyhouse/proofs';
import { DataSource } from 'typeorm';
import type { FeatureSpec } from '../artifact/manifest.js';
import type { Forecaster, SeriesForecast } from '../contract/forecaster.js';
import type { CovariatePanel } from '../covariates/covariate-panel.js';
import { withChanges, type CovariateChange } from '../covariates/what-if.js';
import { ForecastingError } from '../forecasting.errors.js';
import type { SeriesRow } from '../read/series.reader.js';
import { MAX_GAP_PERIODS } from '../runs/forecast-run.service.js';
import { STORED_LEVELS } from '../runs/run-points.js';
import { grainHierarchy } from '../series/grain-hierarchy.js';
import { panelSha256 } from '../series/panel-digest.js';
import { PanelRepository, panelStockOuts, readPanelPage, SEASON_LENGTH } from '../series/panel.repository.js';
import { periodIndex, periodStartMs } from '../series/periods.js';
import { outlookOf, withOutlook, type TakenCovariates } from './outlook.js';
import { readStatements } from './statement.repository.js';

/** Parts of a sum that are read for one question. */
const MOST_PARTS = 500;
const SEED = 1;

/** A question about a series. */
export interface WhatIfRequest {
  readonly series: SeriesRow;
  readonly changes: readonly CovariateChange[];
  /** The changes hold in periods that begin at or after it; from the first on where it is left out. */
  readonly from?: Date | null;
  /** And before it. */
  readonly until?: Date | null;
  /** The network with covariates; in whatever process it runs, it is asked of two panels of one series. */
  readonly forecaster: Forecaster;
  /** What it takes. */
  readonly taken: TakenCovariates;
  /** Which series it is for. */
  readonly featureSpec: FeatureSpec;
  /** Time of the last block: nothing that was said or sold later is known. */
  readonly now: Date;
  /** Periods from the first that begins after `now`. */
  readonly horizon: number;
}

/** What is forecast of one period. */
export interface WhatIfValue {
  readonly mean: number;
  readonly quantiles: readonly { readonly level: number; readonly value: number }[];
}

export interface WhatIfPoint {
  readonly step: number;
  readonly targetStart: Date;
  readonly targetEnd: Date;
  /** Whether the changes hold in it. */
  readonly isChanged: boolean;
  readonly planned: WhatIfValue;
  readonly changed: WhatIfValue;
}

/** A series as it is planned, and as it would be. */
export interface WhatIfAnswer {
  /** Nothing after it was known of the series. */
  readonly asOf: Date;
  /** SHA-256 of the series and its covariates as planned. */
  readonly dataSha256: Hex;
  readonly points: readonly WhatIfPoint[];
}

/** Asks a network with covariates what would be if the plans of a series were others. */
@Injectable()
export class WhatIfReader {
  public constructor(
    private readonly dataSource: DataSource,
    private readonly panels: PanelRepository,
  ) {}

  /**
   * Both forecasts of a series by itself, which is not reconciled with others; null while no period of it is whole, or its data ended too
   * long ago.
   *
   * @throws {ForecastingError} INVALID_OPTIONS on a change that cannot be made, INVALID_PANEL where the model forecasts other series;
   * whatever the forecaster throws
   */
  public async ask(request: WhatIfRequest): Promise<WhatIfAnswer | null> {
    const { series, taken, forecaster, now, horizon } = request;
    const { frequency } = request.featureSpec;
    assertSameKind(series, request.featureSpec);
    assertOwnChanges(series, taken, request.changes);
    const firstTarget = periodIndex(now.getTime(), frequency) + 1;
    const told = await this.told(request, firstTarget);
    if (!told) return null;
    const { panel, end } = told;
    const gap = firstTarget - end;
    const steps = gap + horizon;
    const isChanged = changedSteps(request, end, gap);
    const forecastOf = async (one: CovariatePanel): Promise<SeriesForecast> => {
      const fitted = await forecaster.fit(one, { rng: seededRandom(SEED) });
      return (await fitted.predict(steps, STORED_LEVELS))[0]!;
    };
    const otherwise = withChanges(panel, request.changes, isChanged);
    const planned = await forecastOf(panel);
    const changed = await forecastOf(otherwise);
    const points = Array.from({ length: horizon }, (_, at): WhatIfPoint => {
      const step = gap + at;
      return {
        step: at + 1,
        targetStart: new Date(periodStartMs(end + step, frequency)),
        targetEnd: new Date(periodStartMs(end + step + 1, frequency)),
        isChanged: isChanged(step),
        planned: valueOf(planned, step),
        changed: valueOf(changed, step),
      };
    });
    return {
      asOf: new Date(periodStartMs(end, frequency)),
      dataSha256: panelSha256(panel),
      points,
    };
  }

  /** The series alone, with what had been said of it, or of its parts, by now. */
  private async told(
    { series, featureSpec, taken, now, horizon }: WhatIfRequest,
    firstTarget: number,
  ): Promise<{ readonly panel: CovariatePanel; readonly end: number } | undefined> {
    const { frequency } = featureSpec;
    const { measure, partner, id } = series;
    const request = { measure, frequency, asOf: now };
    const dated = await this.panels.panel({ ...request, seriesId: id, statementsUpTo: 0 });
    if (!dated || firstTarget - dated.end > MAX_GAP_PERIODS) return undefined;
    const { end } = dated;
    const ids = [id, ...(await this.partsOf(series))];
    const rows = await readPanelPage(this.dataSource, request, end, ids);
    const products = [...new Set(rows.flatMap(({ product }) => product ?? []))];
    const statements = await readStatements(this.dataSource, { partner, products });
    const outlook = outlookOf({ rows, hierarchy: grainHierarchy(rows), end }, statements, {
      ...{ taken, now, steps: firstTarget - end + horizon },
    });
    const stockOuts = await panelStockOuts(this.dataSource, request, end, rows);
    const wanted = stockOuts ? rows.map((row) => stockOuts.known.wanted(row)) : rows;
    const inputs = wanted.map(({ id: own, start, values }) => ({ id: own, start, values }));
    const whole = withOutlook({ frequency, seasonLength: SEASON_LENGTH[frequency], series: inputs }, outlook);
    return { panel: { ...whole, series: whole.series.filter((one) => one.id === id) }, end };
  }

  private async partsOf(series: SeriesRow): Promise<string[]> {
    const { partner, measure, frequency, grain, product, site, productGroup, country } = series;
    const rows: { id: string }[] = await this.dataSource.query(PARTS, [
      ...[partner, measure, frequency, grain, product, site, productGroup, country],
    ]);
    if (rows.length <= MOST_PARTS) return rows.map(({ id }) => id);
    throw new ForecastingError(
      'INVALID_OPTIONS',
      `seriesId: the series sums up more than ${MOST_PARTS} products at sites; ask of a product or of a site`,
    );
  }
}

/** One more than is read is looked for, so that too many are known. */
const PARTS = `
  SELECT s.id FROM series s
  LEFT JOIN product_class class ON class.uri = s.product
  LEFT JOIN site place ON place.uri = s.site
  WHERE s.partner = $1 AND s.measure = $2 AND s.frequency = $3 AND s.grain = 'PRODUCT_SITE'
    AND CASE $4 WHEN 'TOTAL' THEN true WHEN 'PRODUCT' THEN s.product = $5 WHEN 'SITE' THEN s.site = $6
      WHEN 'GROUP' THEN class.product_group = $7 WHEN 'COUNTRY' THEN place.country = $8 ELSE false END
  ORDER BY s.id LIMIT ${MOST_PARTS + 1}`;

const valueOf = ({ mean, quantiles }: SeriesForecast, step: number): WhatIfValue => ({
  mean: mean[step]!,
  quantiles: STORED_LEVELS.map((level, at) => ({ level, value: quantiles[at]![step]! })),
});

/** A network says nothing of series that it has not learnt from. */
function assertSameKind(series: SeriesRow, { measure, frequency }: FeatureSpec): void {
  if (series.measure === measure && series.frequency === frequency.toUpperCase()) return;
  throw new ForecastingError(
    'INVALID_PANEL',
    `seriesId: the version forecasts ${frequency} ${measure}, and this series is ${series.frequency.toLowerCase()} ${series.measure}; ask of one that it forecasts`,
  );
}

/** Prices of a sum are shares of what they were: an amount of money says nothing of them. */
function assertOwnChanges(
  { grain }: SeriesRow,
  { covariates }: TakenCovariates,
  changes: readonly CovariateChange[],
): void {
  if (grain === 'PRODUCT_SITE') return;
  for (const { name, by } of changes) {
    const isShare = covariates.some((one) => one.name === name && one.kind === 'relative');
    if (isShare && !('times' in by))
      throw new ForecastingError(
        'INVALID_OPTIONS',
        `changes: "${name}" of a sum is the mean of its parts, each as a share of what it was; write ${name} +10 %, or ask of a product at a site`,
      );
  }
}

/** In which steps after the end of the data the changes hold. */
function changedSteps(
  { from, until, featureSpec, horizon }: WhatIfRequest,
  end: number,
  gap: number,
): (step: number) => boolean {
  const { frequency } = featureSpec;
  const isChanged = (step: number): boolean => {
    const begin = periodStartMs(end + step, frequency);
    return step >= gap && (!from || begin >= from.getTime()) && (!until || begin < until.getTime());
  };
  if (Array.from({ length: horizon }, (_, at) => gap + at).some(isChanged)) return isChanged;
  const day = (step: number): string =>
    new Date(periodStartMs(end + step, frequency)).toISOString().slice(0, 10);
  throw new ForecastingError(
    'INVALID_OPTIONS',
    `from, until: no period of the forecast begins in between; the first begins on ${day(gap)}, the last on ${day(gap + horizon - 1)}`,
  );
}
