export type SharingErrorCode =
  /** What a grant is to be is not possible. */
  | 'GRANT_INVALID'
  /** The partner gave no grant of that id. */
  | 'GRANT_UNKNOWN'
  /** The partner has as many grants in force as it may have, or as many to that grantee. */
  | 'GRANT_COUNT_EXCEEDED';

/** Why something cannot be shared; the message names the field, the reason and the way out. */
export class SharingError extends Error {
  public constructor(
    public readonly code: SharingErrorCode,
    message: string,
  ) {
    super(message);
    this.name = 'SharingError';
  }
}
