import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CONFIDENCE } from '../backtest/compare.js';
import {
  MOST_DRAWN,
  pairedDifferences,
  type PairedDifference,
  type SeriesPairs,
} from '../shadow/paired-differences.js';
import { SHADOW_PAIRS, SHADOW_RECORDS } from './shadow.sql.js';

/** How what ran did on the forecasts that the candidate made too. */
export interface BesideRow {
  /** The versions that were in force meanwhile. */
  readonly versionIds: readonly string[];
  /** Forecasts of one period from the same data, both scored. */
  readonly pairs: number;
  readonly mase: number | null;
  readonly meanSmape: number;
  readonly coverage80: number;
}

/** How a version did in shadow: forecasts on live series, fixed on chain before the outcome, never shown as the forecast. */
export interface ShadowRecordRow {
  readonly versionId: string;
  /** Block time of the first commitment. */
  readonly since: Date;
  readonly runs: number;
  /** Forecasts whose outcome is known. */
  readonly scored: number;
  /** Different moments as of which those were made: few say little of how the months differ. */
  readonly origins: number;
  readonly mase: number | null;
  readonly meanSmape: number | null;
  readonly coverage80: number | null;
}

/** A version in shadow held against what ran, on the forecasts that both made. */
export interface ShadowComparisonRow {
  readonly versionId: string;
  readonly running: BesideRow;
  readonly differences: readonly PairedDifference[];
  /** Share of the intervals. */
  readonly confidence: number;
}

interface PairColumns {
  readonly versionId: string;
  readonly unit: number;
  readonly series: number;
  readonly scaledSeries: number;
  readonly count: number;
  readonly scaled: number;
  readonly candidateSmape: number;
  readonly runningSmape: number;
  readonly candidateMase: number;
  readonly runningMase: number;
  readonly runningInside: number;
  readonly besideIds: readonly string[];
}

/** Reads how candidates did beside the versions in force. */
@Injectable()
export class ShadowReader {
  public constructor(private readonly dataSource: DataSource) {}

  /** The record of each version that has one, in no order. */
  public records(versionIds: readonly string[]): Promise<ShadowRecordRow[]> {
    return this.dataSource.query(SHADOW_RECORDS, [versionIds]);
  }

  /** Each version that has forecasts scored beside what ran, in no order: a bootstrap each, so ask where it is shown. */
  public async comparisons(versionIds: readonly string[]): Promise<ShadowComparisonRow[]> {
    const pairs: PairColumns[] = await this.dataSource.query(SHADOW_PAIRS, [versionIds, MOST_DRAWN]);
    return [...Map.groupBy(pairs, ({ versionId }) => versionId)].map(([versionId, own]) => {
      const differences = pairedDifferences(own.map(seriesPairs));
      return { versionId, running: besideOf(own, differences), differences, confidence: CONFIDENCE };
    });
  }
}

function seriesPairs(row: PairColumns): SeriesPairs {
  const { unit, series, scaledSeries, count, scaled } = row;
  return {
    ...{ unit, series, scaledSeries, count, scaled },
    smape: { candidate: row.candidateSmape, running: row.runningSmape },
    mase: { candidate: row.candidateMase, running: row.runningMase },
  };
}

function besideOf(rows: readonly PairColumns[], differences: readonly PairedDifference[]): BesideRow {
  const total = (of: (row: PairColumns) => number): number => rows.reduce((sum, row) => sum + of(row), 0);
  const pairs = total(({ count }) => count);
  return {
    versionIds: [...new Set(rows.flatMap(({ besideIds }) => besideIds))].sort(),
    pairs,
    mase: differences.find(({ measure }) => measure === 'mase')?.running ?? null,
    meanSmape: total(({ runningSmape }) => runningSmape) / pairs,
    coverage80: total(({ runningInside }) => runningInside) / pairs,
  };
}
