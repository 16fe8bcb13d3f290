import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerJson } from './answers.js';

const REQUEST_TIMEOUT_MS = 5_000;

/** Answers one request of a probe. */
export type ProbeAnswer = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

/** A port for those who run the process; what goes wrong there is answered with 500 and says nothing more. */
export class ProbePort {
  private server: Server | undefined;

  public constructor(private readonly answer: ProbeAnswer) {}

  /**
   * @param port 0 takes a free one
   * @returns the port listened on
   */
  public async start(port: number, host: string): Promise<number> {
    const server = createServer({ requestTimeout: REQUEST_TIMEOUT_MS }, (request, response) => {
      void this.answerOne(request, response);
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, resolve);
    });
    this.server = server;
    return (server.address() as AddressInfo).port;
  }

  public async stop(): Promise<void> {
    const { server } = this;
    if (!server) return;
    this.server = undefined;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }

  private async answerOne(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      await this.answer(request, response);
    } catch {
      if (response.headersSent) response.destroy();
      else answerJson(response, 500, { status: 'failed' });
    }
  }
}
