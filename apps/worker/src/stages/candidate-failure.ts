import { ApartError, ForecastingError } from '@tallyhouse/forecasting';
import { isFileFault } from '@tallyhouse/model-registry';

/** A file may be put into the store at any moment. */
const FILE_PAUSE_S = 20;
/** What failed once on these series fails again; it is tried when there may be others. */
const FAILURE_PAUSE_S = 3_600;

/** Why a candidate does not run, and for how long it is not tried again. */
export interface CandidateFailure {
  readonly reason: string;
  readonly pauseS: number;
}

/** What of an error is the candidate's; undefined for what is no fault of it. */
export function candidateFailure(error: unknown): CandidateFailure | undefined {
  if (isFileFault(error)) return { reason: `${error.code}: ${error.message}`, pauseS: FILE_PAUSE_S };
  if (error instanceof ForecastingError)
    return { reason: `${error.code}: ${error.message}`, pauseS: FAILURE_PAUSE_S };
  if (error instanceof ApartError) return { reason: error.message, pauseS: FAILURE_PAUSE_S };
  return undefined;
}
