import type { IncomingMessage, ServerResponse } from 'node:http';
import { mayReadMetrics } from './metrics-access.js';

const NO_STORE = { 'cache-control': 'no-store' };

/** Answers with a body that nobody keeps. */
export function answerJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json', ...NO_STORE });
  response.end(JSON.stringify(body));
}

/**
 * Answers with metrics for Prometheus, or with 401 who does not bring the token.
 *
 * @param token without it whoever reaches the port may read them
 * @param text in the text format of Prometheus, version 0.0.4
 * @throws what `text` throws, before anything was answered
 */
export async function answerMetrics(
  request: IncomingMessage,
  response: ServerResponse,
  token: string | undefined,
  text: () => Promise<string>,
): Promise<void> {
  if (!mayReadMetrics(token, request.headers.authorization)) {
    response.setHeader('www-authenticate', 'Bearer');
    answerJson(response, 401, { error: 'METRICS_TOKEN is needed as bearer token' });
    return;
  }
  const body = await text();
  response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4', ...NO_STORE });
  response.end(body);
}
