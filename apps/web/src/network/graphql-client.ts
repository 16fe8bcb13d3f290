import { keepFresh } from './session/session-keeper.js';
import { expireTokens, keptSession } from './session/session-state.js';

/** A failure the page can word: the api did not answer, answered with faults, or refused the request. */
export class ReadError extends Error {
  override readonly name = 'ReadError';

  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

interface Answer<T> {
  data?: T | null;
  errors?: { message: string; extensions?: { code?: string } }[];
}

const TIMEOUT_MS = 20_000;

/**
 * One question to the api. Who is signed in has the tokens changed before they end; where the api says that they ended all the
 * same, once more with new ones. Throws ReadError, never a bare network failure.
 */
export async function read<T>(
  query: string,
  variables: Record<string, unknown>,
  signal?: AbortSignal,
  headers: Record<string, string> = {},
): Promise<T> {
  await keepFresh();
  const asSession = keptSession() !== null && headers['x-api-key'] === undefined;
  try {
    return await post<T>(query, variables, signal, headers);
  } catch (error) {
    if (!asSession || !(error instanceof ReadError) || error.code !== 'UNAUTHENTICATED') throw error;
    expireTokens();
    await keepFresh();
    return post<T>(query, variables, signal, headers);
  }
}

/** One POST to the same origin. */
async function post<T>(
  query: string,
  variables: Record<string, unknown>,
  signal: AbortSignal | undefined,
  headers: Record<string, string>,
): Promise<T> {
  const deadline = AbortSignal.timeout(TIMEOUT_MS);
  let response: Response;
  try {
    response = await fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
      body: JSON.stringify({ query, variables }),
      signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
    });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new ReadError('UNREACHABLE', 'The Tallyhouse api does not answer.');
  }
  const answer = (await response.json().catch(() => null)) as Answer<T> | null;
  const fault = answer?.errors?.[0];
  if (fault) throw new ReadError(fault.extensions?.code ?? 'UNKNOWN', fault.message);
  if (!answer?.data)
    throw new ReadError('NO_ANSWER', `The api answered with status ${response.status} and no figures.`);
  return answer.data;
}
