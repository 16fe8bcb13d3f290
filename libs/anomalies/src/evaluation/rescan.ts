import { seededRandom } from '@tallyhouse/compute';
import type { SeriesTraits } from '../contract/detector.js';
import { qValues } from '../control/benjamini-hochberg.js';
import type { SeriesParameters } from '../parameters/parameter-set.js';
import { judgeSeries, JUDGING_SEED, type PeriodSeries } from '../scan/judge-series.js';

/** A value that looks strange by itself, held against all series of its period. */
export interface RescannedValue {
  readonly seriesId: string;
  readonly startMs: number;
  readonly pValue: number;
  readonly qValue: number;
}

interface Period {
  tested: number;
  readonly found: Omit<RescannedValue, 'qValue'>[];
}

/**
 * What a scan of the series of one measure and frequency would say, without a database: every series is to be given. Of the
 * wanted periods alone anything is kept.
 */
export class Rescan {
  private readonly periods = new Map<number, Period>();

  /** @param wanted first instants of the periods that are asked about; all of them without it */
  public constructor(
    private readonly parameters: SeriesParameters,
    private readonly traits: SeriesTraits,
    private readonly wanted?: ReadonlySet<number>,
  ) {}

  /** Judges one series. */
  public add(series: PeriodSeries): void {
    const judged = judgeSeries(series, this.traits, seededRandom(JUDGING_SEED), this.parameters);
    for (const startMs of judged.testedMs) {
      const period = this.at(startMs);
      if (period) period.tested += 1;
    }
    for (const { startMs, pValue } of judged.candidates)
      this.at(startMs)?.found.push({ seriesId: series.id, startMs, pValue });
  }

  /** @param level the largest false discovery rate at which a value is reported */
  public reported(level: number): RescannedValue[] {
    return [...this.periods.values()].flatMap(({ tested, found }) => {
      const rates = qValues(
        found.map(({ pValue }) => pValue),
        tested,
      );
      return found.flatMap((one, place) =>
        rates[place]! <= level ? [{ ...one, qValue: rates[place]! }] : [],
      );
    });
  }

  private at(startMs: number): Period | undefined {
    if (this.wanted && !this.wanted.has(startMs)) return undefined;
    const period = this.periods.get(startMs) ?? { tested: 0, found: [] };
    this.periods.set(startMs, period);
    return period;
  }
}
