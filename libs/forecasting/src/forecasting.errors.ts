/** What a caller of the forecasting library can act on. */
export type ForecastingErrorCode =
  | 'INVALID_PANEL'
  | 'INVALID_HORIZON'
  | 'INVALID_LEVELS'
  | 'INVALID_OPTIONS'
  | 'UNKNOWN_METHOD'
  | 'ENGINE_REQUIRED'
  | 'ARTIFACT_UNREADABLE'
  | 'ARTIFACT_FORMAT_UNKNOWN'
  | 'ARTIFACT_FAMILY_UNKNOWN'
  | 'ARTIFACT_FORECASTER_UNKNOWN'
  | 'INVALID_FORECAST'
  | 'NOTHING_TO_SCORE'
  | 'THREAD_FAILED';

/** A failure with a code; the message says what was found and what was expected. */
export class ForecastingError extends Error {
  override readonly name = 'ForecastingError';
  readonly code: ForecastingErrorCode;

  constructor(code: ForecastingErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
