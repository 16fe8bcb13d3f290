/** Why the api did not let somebody in, by its code; the message is the api's own. */
export class AuthRefusal extends Error {
  override readonly name = 'AuthRefusal';

  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

const TIMEOUT_MS = 20_000;

/** One POST below /auth. Throws {@link AuthRefusal}, with the code `UNREACHABLE` when nothing answers. */
export async function ask<T>(path: string, body: object = {}): Promise<T> {
  const response = await fetch(`/auth/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch(() => {
    throw new AuthRefusal('UNREACHABLE', 'The Tallyhouse api does not answer.');
  });
  if (response.status === 204) return undefined as T;
  const answer: unknown = await response.json().catch(() => null);
  if (response.ok) return answer as T;
  const { code, detail } = (answer ?? {}) as { code?: unknown; detail?: unknown };
  throw new AuthRefusal(
    response.status === 429 ? 'RATE_LIMITED' : typeof code === 'string' ? code : 'UNKNOWN',
    typeof detail === 'string' ? detail : `The api answered with status ${response.status}.`,
  );
}
