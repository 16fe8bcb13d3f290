import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mayReadMetrics } from './metrics-access.js';

/** One thing that has to hold; its reason is for operators and holds no secrets. */
export type ProbeOutcome = { readonly ok: true } | { readonly ok: false; readonly reason: string };

/** What a process says of itself. */
export interface Probes {
  /** False only when nothing but a restart helps. */
  health(): ProbeOutcome | Promise<ProbeOutcome>;
  /** Whether work may be given to it now. */
  ready(): ProbeOutcome | Promise<ProbeOutcome>;
  metrics(): Promise<string>;
}

/** Settings of {@link ProbeServer}. */
export interface ProbeSettings {
  /** 0 takes a free port. */
  readonly port: number;
  readonly host: string;
  /** Without it whoever reaches the port may read the metrics. */
  readonly metricsToken: string | undefined;
}

const NO_STORE = { 'cache-control': 'no-store' };
const REQUEST_TIMEOUT_MS = 5_000;

/** Answers `/health`, `/ready` and `/metrics` on a port of its own. */
export class ProbeServer {
  private server: Server | undefined;

  public constructor(
    private readonly probes: Probes,
    private readonly settings: ProbeSettings,
  ) {}

  /** @returns the port listened on */
  public async start(): Promise<number> {
    const server = createServer({ requestTimeout: REQUEST_TIMEOUT_MS }, (request, response) => {
      this.answer(request, response).catch(() => send(response, 500, { status: 'failed' }));
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.settings.port, this.settings.host, resolve);
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

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [path] = (request.url ?? '').split('?', 1);
    if (path === '/health') sendOutcome(response, await this.probes.health(), 'ok');
    else if (path === '/ready') sendOutcome(response, await this.probes.ready(), 'ready');
    else if (path === '/metrics') await this.answerMetrics(request, response);
    else send(response, 404, { error: 'only /health, /ready and /metrics are here' });
  }

  private async answerMetrics(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!mayReadMetrics(this.settings.metricsToken, request.headers.authorization)) {
      response.setHeader('www-authenticate', 'Bearer');
      send(response, 401, { error: 'METRICS_TOKEN is needed as bearer token' });
      return;
    }
    response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4', ...NO_STORE });
    response.end(await this.probes.metrics());
  }
}

function sendOutcome(response: ServerResponse, outcome: ProbeOutcome, good: string): void {
  if (outcome.ok) send(response, 200, { status: good });
  else send(response, 503, { status: `not ${good}`, reason: outcome.reason });
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json', ...NO_STORE });
  response.end(JSON.stringify(body));
}
