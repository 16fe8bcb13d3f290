import type {
  BatchReader,
  CaptureDocumentReader,
  CaptureJobReader,
  ProfileRepository,
} from '@tallyhouse/supply-chain';
import { manyByKey, oneByKey, type LoaderOptions } from '../shared/relay/loading.js';

const MAX_SHOWN_ERRORS = 100;

/** Reads capture jobs, their first 100 errors and the profiles that judged them, once for all jobs of a request. */
export function captureLoaders(jobs: CaptureJobReader, profiles: ProfileRepository, options: LoaderOptions) {
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
    captureProfiles: manyByKey(
      (ids) => profiles.ofJobs(ids),
      (row) => row.jobId,
      options,
    ),
  };
}

/** Reads what was received and how far its events are, once for all jobs of a request. */
export function documentLoaders(
  documents: CaptureDocumentReader,
  batches: BatchReader,
  options: LoaderOptions,
) {
  return {
    captureDocument: oneByKey(
      (ids) => documents.ofJobs(ids),
      (row) => row.jobId,
      options,
    ),
    captureAnchoring: oneByKey(
      (ids) => batches.anchoring(ids),
      (row) => row.jobId,
      options,
    ),
  };
}
