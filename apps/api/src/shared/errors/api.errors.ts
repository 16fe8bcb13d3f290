import { GraphQLError } from 'graphql';

export type LimitCode =
  | 'QUERY_TOO_DEEP'
  | 'QUERY_TOO_COSTLY'
  | 'TOO_MANY_ALIASES'
  | 'TOO_MANY_SUBSCRIPTIONS'
  | 'TOO_MANY_WAITING';
export type InputCode = 'PAGE_SIZE_INVALID' | 'ARGUMENT_INVALID' | 'OPERATION_NOT_HERE';

/** The request asks for more than one request may. */
export class LimitError extends GraphQLError {
  public constructor(code: LimitCode, message: string) {
    super(message, { extensions: { code, http: { status: 400 } } });
  }
}

/** An argument is out of its bounds. */
export class InputError extends GraphQLError {
  public constructor(code: InputCode, message: string) {
    super(message, { extensions: { code, http: { status: 400 } } });
  }
}

/** Who asks has asked too often. */
export class RateLimitError extends GraphQLError {
  public constructor(message: string) {
    super(message, { extensions: { code: 'RATE_LIMITED', http: { status: 429 } } });
  }
}

/** The index does not hold yet what the query wants to be as of. */
export class FreshnessError extends GraphQLError {
  public constructor(message: string) {
    super(message, { extensions: { code: 'INDEX_BEHIND', http: { status: 503 } } });
  }
}

/** Nobody is known to stand behind the request. */
export class UnauthenticatedError extends GraphQLError {
  public constructor(message: string) {
    super(message, { extensions: { code: 'UNAUTHENTICATED' } });
  }
}
