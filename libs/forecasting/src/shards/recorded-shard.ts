import type { SeriesForecast } from '../contract/forecaster.js';
import { ForecastingError } from '../forecasting.errors.js';
import { packedForecasts, type PackedAt } from './packed-forecasts.js';
import type { WantedForecast } from './recorded-forecaster.js';

/** What was recorded of the series of a shard, asked for in their order. */
export class RecordedShard {
  private readonly moments: readonly PackedAt[];
  /** Where the last forecast that was asked for stands at each moment. */
  private readonly passed: Int32Array;

  public constructor(bytes: Uint8Array) {
    this.moments = packedForecasts(bytes);
    this.passed = new Int32Array(this.moments.length);
  }

  /** Ids of the series, in their order. */
  public ids({ end }: WantedForecast): readonly string[] {
    return this.moments[this.momentOf(end)]?.ids ?? [];
  }

  /**
   * What was said at a moment of a series that does not come before the last one asked for.
   *
   * @throws {ForecastingError} INVALID_PANEL where nothing was
   */
  public of({ end, steps, levels }: WantedForecast, id: string): SeriesForecast {
    const moment = this.momentOf(end);
    const recorded = this.moments[moment];
    const at = recorded?.ids.indexOf(id, this.passed[moment]) ?? -1;
    const forecast = at < 0 ? undefined : recorded!.forecast(at);
    if (forecast?.mean.length !== steps || forecast.quantiles.length !== levels.length)
      throw new ForecastingError(
        'INVALID_PANEL',
        `nothing was recorded of series "${id}" for ${steps} steps from period ${end}`,
      );
    this.passed[moment] = at;
    return forecast;
  }

  /** What was said of a sum without its new parts; undefined where it has none. */
  public reduced(id: string): SeriesForecast | undefined {
    const recorded = this.moments.find(({ isReduced }) => isReduced);
    const at = recorded?.ids.indexOf(id) ?? -1;
    return at < 0 ? undefined : recorded!.forecast(at);
  }

  private momentOf(end: number): number {
    return this.moments.findIndex((moment) => moment.end === end && !moment.isReduced);
  }
}
