/** One request, ready to be sent. */
export interface Attack {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** How a request ended: a status, or a word for none. */
export type Outcome = number | 'GRAPHQL_FAILED' | 'NO_ANSWER';

const PATIENCE_MS = 60_000;
/** Errors that are the server's own fault travel with status 200 in GraphQL. */
const OWN_FAULT = '"code":"INTERNAL_SERVER_ERROR"';

/** Sends a request as it is; `refused` when no client could send it. */
export async function sent(url: string, attack: Attack): Promise<Outcome | 'UNSENDABLE'> {
  const { method, path, headers, body } = attack;
  let request: Request;
  try {
    request = new Request(`${url}${path}`, {
      method,
      headers: { ...headers },
      ...(body === undefined || method === 'GET' ? {} : { body }),
      redirect: 'manual',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
  } catch {
    return 'UNSENDABLE';
  }
  try {
    const response = await fetch(request);
    const text = await response.text();
    return text.includes(OWN_FAULT) ? 'GRAPHQL_FAILED' : response.status;
  } catch (error) {
    // Some headers are refused by the client only when they are written.
    const { code } = ((error as Error).cause ?? {}) as { code?: string };
    return code === 'UND_ERR_INVALID_ARG' ? 'UNSENDABLE' : 'NO_ANSWER';
  }
}
