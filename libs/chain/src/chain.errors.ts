/** Every failure of this library that a caller can act on. */
export type ChainErrorCode =
  | 'RPC_URL_INVALID'
  | 'POSITION_INVALID'
  | 'DEPLOYMENT_INVALID'
  | 'DEPLOYMENT_WRONG_CHAIN'
  | 'DEPLOYMENT_OPTIONS_INVALID'
  | 'DEPLOYMENT_SEND_FAILED'
  | 'DEPLOYMENT_STEP_REVERTED'
  | 'DEPLOYMENT_NOT_SOUND'
  | 'ANVIL_UNAVAILABLE';

/** A failure that says what happened and what to do next. */
abstract class ChainError extends Error {
  /** Whether the same call may succeed later without anything being changed. */
  abstract readonly retryable: boolean;

  /**
   * @param code Stable name of the failure.
   * @param message What happened.
   * @param advice What to do next.
   * @param options The error that led here.
   */
  constructor(
    readonly code: ChainErrorCode,
    message: string,
    readonly advice: string,
    options?: ErrorOptions,
  ) {
    super(`${message}; ${advice}`, options);
    this.name = new.target.name;
  }
}

/** The chain or the way to it failed: the same call may succeed later. */
export class RetryableError extends ChainError {
  readonly retryable = true;
}

/** Something given is wrong: trying again gives the same answer until a person changes it. */
export class NonRetryableUserError extends ChainError {
  readonly retryable = false;
}
