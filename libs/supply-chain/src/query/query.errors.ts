/** Why a query is not answered. */
export type EventQueryErrorCode =
  /** A parameter that is unknown, has an impossible value or excludes another one. */
  | 'QUERY_PARAMETER_INVALID'
  /** More events match than the caller's `maxEventCount`. */
  | 'QUERY_TOO_LARGE'
  /** The query ran out of its time; a narrower one will do. */
  | 'QUERY_TOO_COMPLEX'
  /** The token of a page was not given out for this list. */
  | 'PAGE_TOKEN_INVALID'
  /** A query of that name exists. */
  | 'QUERY_NAME_TAKEN'
  /** The partner keeps as many named queries as one may. */
  | 'QUERY_COUNT_EXCEEDED';

/** A query that is refused, with words for who asked. */
export class EventQueryError extends Error {
  public constructor(
    public readonly code: EventQueryErrorCode,
    message: string,
    /** Name of the parameter at fault, where one is. */
    public readonly parameter?: string,
  ) {
    super(message);
    this.name = 'EventQueryError';
  }
}
