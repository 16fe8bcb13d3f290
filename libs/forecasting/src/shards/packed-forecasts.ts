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

/** Forecasts at one moment that stay packed until one is asked for. */
export interface PackedAt extends Omit<ForecastsAt, 'forecasts'> {
  readonly ids: readonly string[];
  readonly forecast: (at: number) => SeriesForecast;
}

/** What {@link packForecasts} packed, without an object for every forecast and path: a hundred thousand of them are a gigabyte. */
export function packedForecasts(bytes: Uint8Array): PackedAt[] {
  const { head, numbers } = unpack<Head>(bytes);
  let end = 0;
  return head.map(({ forecasts, ...moment }) => {
    const begins = forecasts.map(({ steps, levels }) => (end += steps * (1 + levels)) - steps * (1 + levels));
    return {
      ...moment,
      ids: forecasts.map(({ id }) => id),
      forecast(at) {
        const { steps, levels, ...named } = forecasts[at]!;
        const take = takingFrom(numbers.subarray(begins[at]!));
        return {
          ...named,
          mean: take(steps),
          quantiles: Array.from({ length: levels }, () => take(steps)),
        };
      },
    };
  });
}

/** The forecasts that {@link packForecasts} packed. */
export const unpackForecasts = (bytes: Uint8Array): ForecastsAt[] =>
  packedForecasts(bytes).map(({ ids, forecast, ...moment }) => ({
    ...moment,
    forecasts: ids.map((_, at) => forecast(at)),
  }));
