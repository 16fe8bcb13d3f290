/** Why a payload of the chain is not taken. */
export type PayloadErrorCode = 'PAYLOAD_TOO_LARGE' | 'PAYLOAD_UNREADABLE';

/** A payload that is not one of ours, or would not fit into memory; whoever anchored it wrote it. */
export class PayloadError extends Error {
  public constructor(
    public readonly code: PayloadErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'PayloadError';
  }
}
