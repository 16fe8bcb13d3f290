import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerJson, answerMetrics } from './answers.js';
import { ProbePort } from './probe-port.js';

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

/** Answers `/health`, `/ready` and `/metrics` on a port of its own. */
export class ProbeServer {
  private readonly port = new ProbePort((request, response) => this.answer(request, response));

  public constructor(
    private readonly probes: Probes,
    private readonly settings: ProbeSettings,
  ) {}

  /** @returns the port listened on */
  public start(): Promise<number> {
    return this.port.start(this.settings.port, this.settings.host);
  }

  public stop(): Promise<void> {
    return this.port.stop();
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [path] = (request.url ?? '').split('?', 1);
    if (path === '/health') answerOutcome(response, await this.probes.health(), 'ok');
    else if (path === '/ready') answerOutcome(response, await this.probes.ready(), 'ready');
    else if (path === '/metrics')
      await answerMetrics(request, response, this.settings.metricsToken, () => this.probes.metrics());
    else answerJson(response, 404, { error: 'only /health, /ready and /metrics are here' });
  }
}

function answerOutcome(response: ServerResponse, outcome: ProbeOutcome, good: string): void {
  if (outcome.ok) answerJson(response, 200, { status: good });
  else answerJson(response, 503, { status: `not ${good}`, reason: outcome.reason });
}
