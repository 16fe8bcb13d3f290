import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mayReadMetrics, measureProcess, metrics } from '@tallyhouse/telemetry';
import type { IndexerStatus } from './indexer-status.js';
import { metricsText } from './metrics.js';

const NO_STORE = { 'cache-control': 'no-store' };

/**
 * Answers probes: `/health` (at least one chain's loop runs), `/ready` (every chain at its head, or standing by),
 * `/status` (everything), `/metrics` (for Prometheus, and who brings the token where one is set). The first three take
 * `?chain=<id>` for one chain alone.
 */
export class StatusServer {
  private server: Server | undefined;

  private ending = false;
  private stopMeasuring: () => void = () => undefined;

  /** @param chains one for each chain that this process reads */
  public constructor(
    private readonly chains: readonly IndexerStatus[],
    private readonly metricsToken?: string,
  ) {}

  /** @returns the port listened on */
  public async start(port: number, host: string): Promise<number> {
    const server = createServer({ requestTimeout: 5_000 }, (request, response) => {
      const [path = '', query] = (request.url ?? '').split('?', 2);
      if (path === '/metrics') void this.answerMetrics(request, response);
      else this.answer(path, new URLSearchParams(query).get('chain'), response);
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, resolve);
    });
    this.server = server;
    this.stopMeasuring = measureProcess(metrics);
    return (server.address() as AddressInfo).port;
  }

  /** From now on it says that it is not ready. */
  public end(): void {
    this.ending = true;
  }

  public async stop(): Promise<void> {
    const { server } = this;
    if (!server) return;
    this.server = undefined;
    this.stopMeasuring();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }

  private answer(path: string, chain: string | null, response: ServerResponse): void {
    const chains = this.chains.filter(({ chainId }) => chain === null || String(chainId) === chain);
    const states = chains.map((each) => {
      const { chainId, state } = each.report();
      return { chainId, state };
    });
    if (chains.length === 0) send(response, 404, { error: `no chain ${chain} is read by this process` });
    else if (path === '/health')
      send(response, code(chains.some(({ healthy }) => healthy)), { chains: states });
    else if (path === '/ready') {
      const ready = !this.ending && chains.every((each) => each.ready);
      send(response, code(ready), { chains: states });
    } else if (path === '/status') send(response, 200, { chains: chains.map((each) => each.report()) });
    else send(response, 404, { error: 'only /health, /ready, /status and /metrics are here' });
  }

  private async answerMetrics(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!mayReadMetrics(this.metricsToken, request.headers.authorization)) {
      response.setHeader('www-authenticate', 'Bearer');
      send(response, 401, { error: 'METRICS_TOKEN is needed as bearer token' });
      return;
    }
    const text = metricsText(this.chains.map((each) => each.report())) + (await metrics.text());
    response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4', ...NO_STORE });
    response.end(text);
  }
}

function code(good: boolean): number {
  return good ? 200 : 503;
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json', ...NO_STORE });
  response.end(JSON.stringify(body));
}
