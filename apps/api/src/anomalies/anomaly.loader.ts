import type { AnomalyReader } from '@tallyhouse/anomalies';
import { oneByKey, type LoaderOptions } from '../shared/relay/loading.js';

/** Streams of readings, read once for all anomalies of a request. */
export function anomalyLoaders(anomalies: AnomalyReader, options: LoaderOptions) {
  return {
    readingStreams: oneByKey(
      (ids) => anomalies.streams(ids),
      (row) => row.id,
      options,
    ),
  };
}
