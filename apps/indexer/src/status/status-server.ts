import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Injectable } from '@nestjs/common';
import { metricsText } from './metrics.js';
import { IndexerStatus } from './indexer-status.js';

/** Answers probes: `/health` (the loop runs), `/ready` (at the head, or standby), `/status` (everything), `/metrics` (for Prometheus). */
@Injectable()
export class StatusServer {
  private server: Server | undefined;

  public constructor(private readonly status: IndexerStatus) {}

  /** @returns the port listened on */
  public async start(port: number, host: string): Promise<number> {
    const server = createServer({ requestTimeout: 5_000 }, (request, response) => {
      this.answer(request.url?.split('?')[0] ?? '', response);
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
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }

  private answer(path: string, response: ServerResponse): void {
    const report = this.status.report();
    if (path === '/health') return send(response, this.status.healthy, { state: report.state });
    if (path === '/ready') return send(response, this.status.ready, { state: report.state });
    if (path === '/status') return send(response, true, report);
    if (path === '/metrics') {
      response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4', 'cache-control': 'no-store' });
      response.end(metricsText(report));
      return;
    }
    response.writeHead(404).end();
  }
}

function send(response: ServerResponse, good: boolean, body: object): void {
  response.writeHead(good ? 200 : 503, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}
