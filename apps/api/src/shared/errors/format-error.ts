import { randomUUID } from 'node:crypto';
import type { Logger } from '@tallyhouse/config';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { awayWords } from './database-away.js';
import { publicCodeOf } from './error-mapper.js';
import { isZeroByte, ZERO_BYTE_WORDS } from './zero-byte.js';

/** Codes that Apollo and this app give to faults of the request; their messages are written for the client. */
const REQUEST_CODES: ReadonlySet<unknown> = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'BAD_REQUEST',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_ONLY',
  'RATE_LIMITED',
  'PERSISTED_QUERY_NOT_SUPPORTED',
  'UNAUTHENTICATED',
  'QUERY_TOO_DEEP',
  'QUERY_TOO_COSTLY',
  'TOO_MANY_ALIASES',
  'TOO_MANY_SUBSCRIPTIONS',
  'TOO_MANY_WAITING',
  'INDEX_BEHIND',
  'PAGE_SIZE_INVALID',
  'ARGUMENT_INVALID',
  'OPERATION_NOT_HERE',
]);

/**
 * Makes what a client sees of an error: message, place and code when the error was made for clients, else a number
 * under which the log has the rest. Nothing else passes, so no stack, SQL or path of ours can.
 */
export function errorFormatter(logger: Pick<Logger, 'error'>) {
  return (formatted: GraphQLFormattedError, thrown: unknown): GraphQLFormattedError => {
    const cause = thrown instanceof GraphQLError ? (thrown.originalError ?? thrown) : thrown;
    const where = {
      ...(formatted.locations ? { locations: formatted.locations } : {}),
      ...(formatted.path ? { path: formatted.path } : {}),
    };
    const libCode = publicCodeOf(cause);
    if (libCode) return { message: (cause as Error).message, ...where, extensions: { code: libCode } };
    if (isZeroByte(cause))
      return { message: ZERO_BYTE_WORDS, ...where, extensions: { code: 'BAD_USER_INPUT' } };
    const code = ownCodeOf(cause) ?? formatted.extensions?.['code'];
    if (cause instanceof GraphQLError && REQUEST_CODES.has(code)) {
      return { message: formatted.message, ...where, extensions: { code } };
    }
    const reference = randomUUID();
    logger.error({ event: 'request-failed', reference, path: formatted.path, err: cause });
    const away = awayWords(cause);
    if (away) return { message: away, ...where, extensions: { code: 'SERVICE_UNAVAILABLE' } };
    const message = `the request failed on our side; the operator finds it in the log under ${reference}`;
    return { message, ...where, extensions: { code: 'INTERNAL_SERVER_ERROR' } };
  };
}

/** Apollo writes its own code over that of a validation rule. */
function ownCodeOf(cause: unknown): unknown {
  return cause instanceof GraphQLError ? cause.extensions['code'] : undefined;
}
