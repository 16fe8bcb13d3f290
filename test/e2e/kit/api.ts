import type { Stack } from '../../../apps/cli/src/up/stack.js';

/** Asks the api as a client does; errors of the answer are thrown with their codes. */
export async function ask<Data>(
  stack: Stack,
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
  apiKey?: string,
): Promise<Data> {
  const response = await fetch(`${stack.apiUrl}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(apiKey ? { 'x-api-key': apiKey } : {}) },
    body: JSON.stringify({ query, variables }),
  });
  const body = (await response.json()) as { data?: Data; errors?: unknown[] };
  if (body.errors || !body.data) throw new Error(JSON.stringify(body.errors ?? body));
  return body.data;
}

/** Captures a document through the public mutation. */
export async function captureByApi(
  stack: Stack,
  document: object,
  apiKey: string,
): Promise<{ id: string; state: string; stored: number }> {
  const { captureEvents } = await ask<{ captureEvents: { id: string; state: string; stored: number } }>(
    stack,
    'mutation Capture($document: JSON!) { captureEvents(document: $document) { id state stored duplicate rejected } }',
    { document },
    apiKey,
  );
  return captureEvents;
}
