/** Why a key does not open what was asked for. */
export type KeyRefusal =
  | 'KEY_UNKNOWN'
  | 'KEY_EXPIRED'
  | 'KEY_REVOKED'
  | 'KEY_PARTNER_REMOVED'
  | 'KEY_SCOPE_MISSING';

export type IdentityErrorCode =
  | KeyRefusal
  /** What a key is to be is not possible. */
  | 'KEY_INVALID'
  /** No key of that id belongs to who asks. */
  | 'KEY_ID_UNKNOWN'
  /** A partner has as many keys as it may have. */
  | 'KEY_COUNT_EXCEEDED'
  /** Nobody of that address is registered on chain. */
  | 'PARTNER_UNKNOWN'
  /** What was sent cannot be read. */
  | 'MESSAGE_INVALID'
  /** A message that signs nobody in here and now. */
  | 'MESSAGE_REFUSED'
  /** Nobody is signed in, or not any more. */
  | 'SESSION_ENDED'
  /** No session of that id belongs to who asks. */
  | 'SESSION_UNKNOWN'
  /** The account is not on chain what the request needs. */
  | 'ROLE_MISSING'
  /** What is to become of a passkey is not possible, or what was sent of one cannot be read. */
  | 'PASSKEY_INVALID'
  /** A passkey that signs nobody in here and now. */
  | 'PASSKEY_REFUSED'
  /** A passkey of which there is a copy. */
  | 'PASSKEY_COPIED'
  /** The last passkey of somebody who has shown no other way in. */
  | 'PASSKEY_LAST'
  /** An account has as many passkeys as it may have. */
  | 'PASSKEY_COUNT_EXCEEDED'
  /** A page of another origin asks. */
  | 'ORIGIN_REFUSED'
  /** The chain, which has to be asked, does not answer. */
  | 'CHAIN_UNAVAILABLE';

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
