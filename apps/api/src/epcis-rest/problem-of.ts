import { HttpException } from '@nestjs/common';
import { IdentityError, type IdentityErrorCode } from '@tallyhouse/identity';
import {
  EventQueryError,
  SubscriptionError,
  type EventQueryErrorCode,
  type SubscriptionErrorCode,
} from '@tallyhouse/supply-chain';
import { isZeroByte, ZERO_BYTE_WORDS } from '../shared/errors/zero-byte.js';
import { problem, ProblemError, type Problem, type ProblemName } from './problems.js';

/** Every code that the query library throws; a new one does not compile until it is mapped. */
const QUERY_PROBLEM: Readonly<Record<EventQueryErrorCode, ProblemName>> = {
  QUERY_PARAMETER_INVALID: 'QueryParameterException',
  QUERY_TOO_LARGE: 'QueryTooLargeException',
  QUERY_TOO_COMPLEX: 'QueryTooComplexException',
  PAGE_TOKEN_INVALID: 'QueryParameterException',
  QUERY_NAME_TAKEN: 'ResourceAlreadyExistsException',
  QUERY_COUNT_EXCEEDED: 'ValidationException',
};

const SUBSCRIPTION_PROBLEM: Readonly<Record<SubscriptionErrorCode, ProblemName>> = {
  SUBSCRIPTION_INVALID: 'SubscriptionControlsException',
  SUBSCRIPTION_COUNT_EXCEEDED: 'ValidationException',
};

const IDENTITY_PROBLEM: Readonly<Record<IdentityErrorCode, ProblemName>> = {
  KEY_UNKNOWN: 'SecurityException',
  KEY_EXPIRED: 'SecurityException',
  KEY_REVOKED: 'SecurityException',
  KEY_PARTNER_REMOVED: 'SecurityException',
  KEY_SCOPE_MISSING: 'ScopeSecurityException',
  KEY_INVALID: 'ValidationException',
  KEY_ID_UNKNOWN: 'NoSuchResourceException',
  KEY_COUNT_EXCEEDED: 'ValidationException',
  PARTNER_UNKNOWN: 'ValidationException',
  MESSAGE_INVALID: 'ValidationException',
  MESSAGE_REFUSED: 'SecurityException',
  SESSION_ENDED: 'SecurityException',
  SESSION_UNKNOWN: 'NoSuchResourceException',
  ROLE_MISSING: 'ScopeSecurityException',
  PASSKEY_INVALID: 'SecurityException',
  PASSKEY_REFUSED: 'SecurityException',
  PASSKEY_COPIED: 'SecurityException',
  PASSKEY_LAST: 'SecurityException',
  PASSKEY_COUNT_EXCEEDED: 'SecurityException',
  ORIGIN_REFUSED: 'ScopeSecurityException',
  CHAIN_UNAVAILABLE: 'ImplementationException',
};

/** The problem that an error means to a client; undefined for a fault of our own, which must not leave the process. */
export function problemOf(error: unknown): Problem | undefined {
  if (error instanceof ProblemError) return error.problem;
  if (error instanceof EventQueryError) {
    return problem(
      QUERY_PROBLEM[error.code],
      error.message,
      error.parameter === undefined ? {} : { parameter: error.parameter },
    );
  }
  if (error instanceof IdentityError) return problem(IDENTITY_PROBLEM[error.code], error.message);
  if (error instanceof SubscriptionError) return problem(SUBSCRIPTION_PROBLEM[error.code], error.message);
  if (isZeroByte(error)) return problem('ValidationException', ZERO_BYTE_WORDS);
  const status = statusOf(error);
  if (status === 404) return problem('NoSuchResourceException', 'nothing has this address');
  if (status === 413)
    return problem('CaptureLimitExceededException', 'the body is larger than this address takes');
  if (status === 415)
    return problem('UnsupportedMediaTypeException', 'the body is encoded in an unknown way');
  if (status !== undefined && status >= 400 && status < 500) {
    return problem('ValidationException', 'the request cannot be read');
  }
  return undefined;
}

/** The status of Nest's exceptions and of those that reading a body throws. */
function statusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  if (error instanceof Error && 'status' in error && typeof error.status === 'number') return error.status;
  return undefined;
}
