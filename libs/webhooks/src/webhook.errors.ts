/** Why a message did not reach its webhook. */
export type WebhookErrorCode =
  /** The address may not be called from here: not https, or not on the public internet. */
  | 'TARGET_REFUSED'
  /** Nobody answers there. */
  | 'UNREACHABLE'
  /** The answer did not come in time. */
  | 'TIMED_OUT'
  /** It answered with another status than 2xx. */
  | 'ANSWERED';

/** A message that was not taken; whether it is sent again is for the caller to say. */
export class WebhookError extends Error {
  public constructor(
    public readonly code: WebhookErrorCode,
    message: string,
    public readonly status?: number,
    /** The receiver asked to be left alone for so long. */
    public readonly retryAfterMs?: number,
  ) {
    super(message);
    this.name = 'WebhookError';
  }
}
