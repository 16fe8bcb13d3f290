/** What an endpoint's failure asks for: a smaller question, a pause, another method, or another endpoint. */
export type RpcFailureKind =
  | 'TOO_MUCH'
  | 'RATE_LIMITED'
  | 'UNSUPPORTED'
  | 'REFUSED'
  | 'TIMEOUT'
  | 'UNAVAILABLE';

/** A call that failed. The endpoint's address, which may carry a key, is never part of the message. */
export class RpcFailure extends Error {
  public constructor(
    public readonly kind: RpcFailureKind,
    problem: string,
    /** Present when the endpoint says how long it wants to be left alone. */
    public readonly retryAfterMs?: number,
    options?: ErrorOptions,
  ) {
    super(problem, options);
    this.name = 'RpcFailure';
  }
}

const LONGEST_PAUSE_MS = 300_000;
const UNSUPPORTED_CODE = -32_601;
/** "Limit exceeded" of EIP-1474, used for large answers and for many requests alike. */
const LIMIT_CODE = -32_005;

/** The failure that an HTTP status stands for. */
export function failureOfStatus(status: number, retryAfter: string | null): RpcFailure {
  const said = `HTTP status ${status}`;
  if (status === 413) return new RpcFailure('TOO_MUCH', said);
  if (status === 429 || (status === 503 && retryAfter !== null))
    return new RpcFailure('RATE_LIMITED', said, retryAfterMs(retryAfter));
  return new RpcFailure(status >= 500 ? 'UNAVAILABLE' : 'REFUSED', said);
}

/** The failure that a JSON-RPC error stands for; providers word their limits differently. */
export function failureOfAnswer(
  method: string,
  { code, message = '' }: { readonly code?: number; readonly message?: string },
): RpcFailure {
  const said = `${method}: ${message.slice(0, 200)} (${code ?? 'no code'})`;
  if (
    code === 429 ||
    /rate.?limit|too many requests|per second|request count|capacity|throttl/i.test(message)
  )
    return new RpcFailure('RATE_LIMITED', said);
  if (code === UNSUPPORTED_CODE || /method not (found|supported)|unsupported method/i.test(message))
    return new RpcFailure('UNSUPPORTED', said);
  const tooMuch =
    /limit|range|too (many|large|much|big)|exceed|more than|response size|timed? ?out|took too long/i;
  if (code === LIMIT_CODE || tooMuch.test(message)) return new RpcFailure('TOO_MUCH', said);
  return new RpcFailure('REFUSED', said);
}

/** `Retry-After` in seconds; a date, or nothing, counts as no word. */
function retryAfterMs(header: string | null): number | undefined {
  const seconds = Number(header ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(LONGEST_PAUSE_MS, seconds * 1_000) : undefined;
}
