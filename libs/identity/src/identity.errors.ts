/** Why a key does not open what was asked for. */
export type KeyRefusal =
  'KEY_UNKNOWN' | 'KEY_EXPIRED' | 'KEY_REVOKED' | 'KEY_PARTNER_REMOVED' | 'KEY_SCOPE_MISSING';

export type IdentityErrorCode =
  | KeyRefusal
  /** What a key is to be is not possible. */
  | 'KEY_INVALID'
  /** No key of that id belongs to who asks. */
  | 'KEY_ID_UNKNOWN'
  /** A partner has as many keys as it may have. */
  | 'KEY_COUNT_EXCEEDED'
  /** Nobody of that address is registered on chain. */
  | 'PARTNER_UNKNOWN';

/** Who somebody is, or what they may, is not as the request needs it; the message says what to do. */
export class IdentityError extends Error {
  public constructor(
    public readonly code: IdentityErrorCode,
    message: string,
  ) {
    super(message);
    this.name = 'IdentityError';
  }
}
