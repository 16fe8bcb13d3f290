import { seededRandom } from '@tallyhouse/compute';
import type { SeriesTraits } from '../contract/detector.js';
import { qValues } from '../control/benjamini-hochberg.js';
import type { SeriesParameters } from '../parameters/parameter-set.js';
import { judgeSeries, JUDGING_SEED, type PeriodSeries } from '../scan/judge-series.js';

/** A period of a series of which somebody said what it was. */
export interface LabelledPeriod {
  readonly seriesId: string;
  readonly startMs: number;
}

interface Period {
  tested: number;
  readonly found: { readonly seriesId: string; readonly pValue: number }[];
}

/**
 * Which labelled periods parameters would report, were the series of one measure and frequency scanned by them now. A period
 * is reported or not beside all series of it, so that every series is given, and of the labelled periods alone anything is kept.
 */
export class LabelTrial {
  private readonly periods: ReadonlyMap<number, Period>;

  public constructor(
    private readonly parameters: SeriesParameters,
    private readonly traits: SeriesTraits,
    private readonly labelled: readonly LabelledPeriod[],
  ) {
    this.periods = new Map(labelled.map(({ startMs }) => [startMs, { tested: 0, found: [] }]));
  }

  /** Judges one series of the measure and frequency. */
  public add(series: PeriodSeries): void {
    const judged = judgeSeries(series, this.traits, seededRandom(JUDGING_SEED), this.parameters);
    for (const startMs of judged.testedMs) {
      const period = this.periods.get(startMs);
      if (period) period.tested += 1;
    }
    for (const { startMs, pValue } of judged.candidates)
      this.periods.get(startMs)?.found.push({ seriesId: series.id, pValue });
  }

  /** @param level the false discovery rate in force */
  public reported(level: number): LabelledPeriod[] {
    return this.labelled.filter(({ seriesId, startMs }) => {
      const { found, tested } = this.periods.get(startMs)!;
      const at = found.findIndex((one) => one.seriesId === seriesId);
      return (
        at !== -1 &&
        qValues(
          found.map(({ pValue }) => pValue),
          tested,
        )[at]! <= level
      );
    });
  }
}
