import { createClient, type Client } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { ApiUnderTest } from './api-under-test.js';

/** A subscription client of the api, with headers of whom it is; to be disposed of. */
export function liveClient(api: ApiUnderTest, headers: Readonly<Record<string, string>> = {}): Client {
  return createClient({
    url: `ws://127.0.0.1:${api.port}/graphql`,
    webSocketImpl: class extends WebSocket {
      public constructor(address: string, protocol: string) {
        super(address, protocol, { headers });
      }
    },
    retryAttempts: 0,
  });
}

/** Subscribes, does something once the server listens, and gives the first message. */
export async function firstMessage(
  client: Client,
  query: string,
  variables: Record<string, unknown>,
  act: () => Promise<unknown>,
): Promise<Record<string, unknown>> {
  const messages = client.iterate({ query, variables });
  const first = messages.next();
  const stop = repeatUntilSettled(act, first);
  try {
    const { value } = await first;
    const { data, errors } = value as { data?: Record<string, unknown>; errors?: readonly unknown[] };
    if (!data) throw new Error(JSON.stringify(errors));
    return data;
  } finally {
    stop();
    await messages.return?.();
  }
}

/** The server does not say when it has begun to listen, so the act is repeated until its effect is seen. */
function repeatUntilSettled(act: () => Promise<unknown>, effect: Promise<unknown>): () => void {
  const timer = setInterval(() => void act(), 200);
  const stop = (): void => clearInterval(timer);
  effect.then(stop, stop);
  return stop;
}
