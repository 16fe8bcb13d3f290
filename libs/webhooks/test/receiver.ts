import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a webhook received. */
export interface Received {
  readonly deliveryId: string;
  readonly attempt: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** How the receiver answers; it may keep the sender waiting. */
export type Answering = (received: Received, response: ServerResponse) => void | Promise<void>;

/** A real HTTP server that takes messages. */
export interface Receiver {
  readonly origin: string;
  readonly url: string;
  readonly received: Received[];
  answer(answering: Answering): void;
  stop(): Promise<void>;
}

/** Answers 204 unless told otherwise. */
export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  let answering: Answering = (_, response) => void response.writeHead(204).end();
  const server: Server = createServer((request, response) => {
    void bodyOf(request).then(async (body) => {
      const message = {
        deliveryId: String(request.headers['x-tallyhouse-delivery']),
        attempt: Number(request.headers['x-tallyhouse-attempt']),
        headers: request.headers,
        body,
      };
      received.push(message);
      await answering(message, response);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    url: `${origin}/hook`,
    received,
    answer: (next) => (answering = next),
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
