/** What a caller can act on when texts are encoded or labelled. */
export type NlpErrorCode =
  | 'ENCODER_MISSING'
  | 'ENCODER_FAILED'
  | 'ENCODER_STOPPED'
  | 'TOO_FEW_TEXTS'
  | 'LABEL_UNKNOWN'
  | 'MODEL_UNREADABLE'
  | 'CORRECTION_INVALID'
  | 'TEXT_UNKNOWN'
  | 'QUERY_INVALID';

/** An expected failure of this library; the message names what was found and the way out. */
export class NlpError extends Error {
  public constructor(
    public readonly code: NlpErrorCode,
    message: string,
  ) {
    super(message);
    this.name = 'NlpError';
  }
}
