import type { CaptureJobReader } from '@tallyhouse/supply-chain';
import { manyByKey, oneByKey, type LoaderOptions } from '../shared/relay/loading.js';

const MAX_SHOWN_ERRORS = 100;

/** Reads capture jobs and their first 100 errors, once for all jobs of a request. */
export function captureLoaders(jobs: CaptureJobReader, options: LoaderOptions) {
  return {
    captureJob: oneByKey(
      (ids) => jobs.byIds(ids),
      (row) => row.id,
      options,
    ),
    captureErrors: manyByKey(
      (ids) => jobs.errors(ids, MAX_SHOWN_ERRORS),
      (row) => row.jobId,
      options,
    ),
  };
}
