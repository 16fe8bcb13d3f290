import type { SeriesForecast } from '../contract/forecaster.js';
import { joined, pack, takingFrom, unpack } from './packed.js';

/** What a forecaster said of some series that were known up to one moment. */
export interface ForecastsAt {
  /** Number of the first period that was not known. */
  readonly end: number;
  readonly forecasts: readonly SeriesForecast[];
  /** Of sums without the values of their new parts. */
  readonly isReduced?: boolean;
}

type ForecastHead = Omit<SeriesForecast, 'mean' | 'quantiles'> & {
  readonly steps: number;
  readonly levels: number;
};

type Head = readonly (Omit<ForecastsAt, 'forecasts'> & { readonly forecasts: readonly ForecastHead[] })[];

/** Forecasts at one or more moments as bytes. */
export const packForecasts = (moments: readonly ForecastsAt[]): Uint8Array =>
  pack<Head>(
    moments.map(({ forecasts, ...moment }) => ({
      ...moment,
      forecasts: forecasts.map(({ mean, quantiles, ...named }) => ({
        ...named,
        steps: mean.length,
        levels: quantiles.length,
      })),
    })),
    joined(
      moments.flatMap(({ forecasts }) => forecasts.flatMap(({ mean, quantiles }) => [mean, ...quantiles])),
    ),
  );

/** The forecasts that {@link packForecasts} packed. */
export function unpackForecasts(bytes: Uint8Array): ForecastsAt[] {
  const { head, numbers } = unpack<Head>(bytes);
  const take = takingFrom(numbers);
  return head.map(({ forecasts, ...moment }) => ({
    ...moment,
    forecasts: forecasts.map(({ steps, levels, ...named }) => ({
      ...named,
      mean: take(steps),
      quantiles: Array.from({ length: levels }, () => take(steps)),
    })),
  }));
}
