import type { AnomalyReader } from '@tallyhouse/anomalies';
import { oneByKey, type LoaderOptions } from '../shared/relay/loading.js';

/** Streams of readings and of events, and versions of parameters, read once for all anomalies of a request. */
export function anomalyLoaders(anomalies: AnomalyReader, options: LoaderOptions) {
  return {
    anomalyVersion: oneByKey(
      (sha256s) => anomalies.versions(sha256s),
      (row) => row.modelVersion,
      options,
    ),
    eventStreams: oneByKey(
      (ids) => anomalies.eventStreams(ids),
      (row) => row.id,
      options,
    ),
    readingStreams: oneByKey(
      (ids) => anomalies.streams(ids),
      (row) => row.id,
      options,
    ),
  };
}
