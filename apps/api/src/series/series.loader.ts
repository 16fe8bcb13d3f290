import DataLoader from 'dataloader';
import type { ObservationRange, ObservationRow, SeriesReader, StockOutReader } from '@tallyhouse/forecasting';
import { manyByKey, oneByKey, type LoaderOptions } from '../shared/relay/loading.js';

/** Reads series, their stock-outs and their observations, once for each range that a request asks for. */
export function seriesLoaders(series: SeriesReader, stockOuts: StockOutReader, options: LoaderOptions) {
  const byRange = new Map<string, DataLoader<string, readonly ObservationRow[]>>();
  return {
    series: oneByKey(
      (ids) => series.byIds(ids),
      (row) => row.id,
      options,
    ),
    stockOuts: oneByKey(
      (ids) => stockOuts.of(ids),
      (row) => row.seriesId,
      options,
    ),
    observations: (range: ObservationRange): DataLoader<string, readonly ObservationRow[]> => {
      const key = JSON.stringify([range.from, range.to, range.last]);
      const loader =
        byRange.get(key) ??
        manyByKey(
          (ids) => series.observations(ids, range),
          (row) => row.seriesId,
          options,
        );
      byRange.set(key, loader);
      return loader;
    },
  };
}
