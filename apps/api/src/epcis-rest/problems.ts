/** Names of the standard's exceptions (EPCIS 2.0 §12), and three of our own for what it leaves to HTTP. */
export type ProblemName =
  | 'ValidationException'
  | 'QueryParameterException'
  | 'QueryTooLargeException'
  | 'QueryTooComplexException'
  | 'SubscriptionControlsException'
  | 'SecurityException'
  | 'ForbiddenSecurityException'
  | 'ScopeSecurityException'
  | 'NoSuchResourceException'
  | 'NoSuchNameException'
  | 'NotAcceptableException'
  | 'ResourceAlreadyExistsException'
  | 'CaptureLimitExceededException'
  | 'URITooLongException'
  | 'UnsupportedMediaTypeException'
  | 'MethodNotAllowed'
  | 'NotImplemented'
  | 'ServiceUnavailable'
  | 'ImplementationException';

interface Kind {
  readonly type: string;
  readonly status: number;
  readonly title: string;
}

const KIND: Readonly<Record<ProblemName, Kind>> = {
  ValidationException: kind('ValidationException', 400, 'What was sent is not valid'),
  QueryParameterException: kind('QueryParameterException', 400, 'A query parameter cannot be used so'),
  QueryTooLargeException: kind('QueryTooLargeException', 413, 'More events match than were asked for'),
  QueryTooComplexException: kind('QueryTooComplexException', 413, 'The query takes too long'),
  SubscriptionControlsException: kind(
    'SubscriptionControlsException',
    400,
    'It cannot be subscribed to in this way',
  ),
  SecurityException: kind('SecurityException', 401, 'Nobody is known to stand behind the request'),
  ScopeSecurityException: kind('SecurityException', 403, 'Who asks may not do this'),
  ForbiddenSecurityException: kind('SecurityException', 403, 'This belongs to somebody else'),
  NoSuchResourceException: kind('NoSuchResourceException', 404, 'There is no such resource'),
  NoSuchNameException: kind('NoSuchNameException', 404, 'There is no such query'),
  NotAcceptableException: kind('NotAcceptableException', 406, 'The answer cannot have the form asked for'),
  ResourceAlreadyExistsException: kind('ResourceAlreadyExistsException', 409, 'It exists already'),
  CaptureLimitExceededException: kind('CaptureLimitExceededException', 413, 'Too much for one capture'),
  URITooLongException: kind('URITooLongException', 414, 'The address is too long'),
  UnsupportedMediaTypeException: kind(
    'UnsupportedMediaTypeException',
    415,
    'The body has no form known here',
  ),
  MethodNotAllowed: { type: 'about:blank', status: 405, title: 'Method Not Allowed' },
  NotImplemented: kind('ImplementationException', 501, 'The standard has it, this server does not'),
  ServiceUnavailable: kind('ImplementationException', 503, 'The server cannot do it now'),
  ImplementationException: kind('ImplementationException', 500, 'The server failed'),
};

function kind(exception: string, status: number, title: string): Kind {
  return { type: `epcisException:${exception}`, status, title };
}

/** Further members of a problem (RFC 7807 §3.2). */
export interface ProblemExtras {
  /** What the problem is about, as a reference. */
  readonly instance?: string;
  /** Query parameter at fault. */
  readonly parameter?: string;
  /** Everything wrong with a document. */
  readonly errors?: readonly object[];
}

/** A problem document (RFC 7807). */
export interface Problem extends ProblemExtras {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
}

/** The problem document of a kind. */
export function problem(name: ProblemName, detail: string, extras: ProblemExtras = {}): Problem {
  return { ...KIND[name], detail, ...extras };
}

/** A request that ends in a problem. */
export class ProblemError extends Error {
  public readonly problem: Problem;

  public constructor(
    name: ProblemName,
    detail: string,
    extras: ProblemExtras = {},
    /** Headers of the answer. */
    public readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(detail);
    this.name = 'ProblemError';
    this.problem = problem(name, detail, extras);
  }
}
