import { Injectable } from '@nestjs/common';
import type { SeriesFrequency, SeriesRow } from '../read/series.reader.js';
import { PanelRepository, SEASON_LENGTH } from '../series/panel.repository.js';
import { periodIndex, periodStartMs } from '../series/periods.js';
import { decompose } from './decompose.js';

/** One period; the parts sum to what was observed. */
export interface DecomposedPeriod {
  readonly periodStart: Date;
  readonly observed: number;
  readonly trend: number;
  readonly season: number;
  readonly remainder: number;
}

/** What a series is made of. */
export interface SeriesDecomposition {
  /** Where the data end: periods from here on are in none of it. */
  readonly asOf: Date;
  /** Periods in each season, shortest first. */
  readonly seasonLengths: readonly number[];
  /** 0 to 1. */
  readonly trendStrength: number;
  /** 0 to 1; null while no season was seen twice. */
  readonly seasonStrength: number | null;
  /** Oldest first. */
  readonly periods: readonly DecomposedPeriod[];
}

const FREQUENCY = { DAILY: 'daily', WEEKLY: 'weekly', MONTHLY: 'monthly' } as const satisfies Record<
  SeriesFrequency,
  string
>;
/** Days have a year beside their week. */
const LONG_SEASON: Partial<Record<SeriesFrequency, number>> = { DAILY: 365 };

/** Takes series apart as they were sold, from the same whole periods that forecasts are made of. */
@Injectable()
export class DecompositionReader {
  public constructor(private readonly panels: PanelRepository) {}

  /**
   * Trend, season and remainder of a series, in its own units.
   *
   * @param asOf nothing that happened at or after this moment is read
   * @param last of the periods only the last so many are given; all are taken apart
   * @returns null while no period is whole
   */
  public async of(
    series: Pick<SeriesRow, 'id' | 'measure' | 'frequency'>,
    asOf: Date,
    last: number,
  ): Promise<SeriesDecomposition | null> {
    const frequency = FREQUENCY[series.frequency];
    const request = { measure: series.measure, frequency, asOf, seriesId: series.id };
    // What was sold is taken apart: of a period in which stock ran out nothing else is known.
    const dated = await this.panels.panel({ ...request, statementsUpTo: 0 });
    const input = dated?.panel.series[0];
    if (!dated || !input) return null;
    const { values } = input;
    const parts = decompose(values, [SEASON_LENGTH[frequency], LONG_SEASON[series.frequency] ?? 0]);
    const first = periodIndex(Date.parse(input.start), frequency);
    const periods = Array.from(values, (observed, at) => ({
      periodStart: new Date(periodStartMs(first + at, frequency)),
      observed,
      trend: parts.trend[at]!,
      season: parts.season[at]!,
      remainder: parts.remainder[at]!,
    }));
    const { seasonLengths, trendStrength, seasonStrength } = parts;
    return {
      asOf: new Date(periodStartMs(dated.end, frequency)),
      ...{ seasonLengths, trendStrength, seasonStrength },
      periods: periods.slice(-last),
    };
  }
}
