/** What a caller of the anomalies library can act on. */
export type AnomaliesErrorCode =
  | 'INVALID_SERIES_FILE'
  | 'INVALID_LABELS'
  | 'INVALID_OPTIONS'
  | 'PARAMETERS_MALFORMED'
  | 'ANOMALY_UNKNOWN'
  | 'INVALID_LABEL';

/** A failure with a code; the message says what was found and what was expected. */
export class AnomaliesError extends Error {
  override readonly name = 'AnomaliesError';
  readonly code: AnomaliesErrorCode;

  constructor(code: AnomaliesErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
