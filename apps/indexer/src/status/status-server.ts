import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerJson, answerMetrics, measureProcess, metrics, ProbePort } from '@tallyhouse/telemetry';
import type { IndexerStatus } from './indexer-status.js';
import { metricsText } from './metrics.js';

/**
 * Answers probes: `/health` (at least one chain's loop runs), `/ready` (every chain at its head, or standing by),
 * `/status` (everything), `/metrics` (for Prometheus, and who brings the token where one is set). The first three take
 * `?chain=<id>` for one chain alone.
 */
export class StatusServer {
  private readonly port = new ProbePort((request, response) => this.answer(request, response));
  private ending = false;
  private stopMeasuring: () => void = () => undefined;

  /** @param chains one for each chain that this process reads */
  public constructor(
    private readonly chains: readonly IndexerStatus[],
    private readonly metricsToken?: string,
  ) {}

  /** @returns the port listened on */
  public async start(port: number, host: string): Promise<number> {
    const listened = await this.port.start(port, host);
    this.stopMeasuring = measureProcess(metrics);
    return listened;
  }

  /** From now on it says that it is not ready. */
  public end(): void {
    this.ending = true;
  }

  public async stop(): Promise<void> {
    this.stopMeasuring();
    this.stopMeasuring = () => undefined;
    await this.port.stop();
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [path = '', query] = (request.url ?? '').split('?', 2);
    if (path === '/metrics') await answerMetrics(request, response, this.metricsToken, () => this.text());
    else this.answerProbe(path, new URLSearchParams(query).get('chain'), response);
  }

  private async text(): Promise<string> {
    return metricsText(this.chains.map((each) => each.report())) + (await metrics.text());
  }

  private answerProbe(path: string, chain: string | null, response: ServerResponse): void {
    const chains = this.chains.filter(({ chainId }) => chain === null || String(chainId) === chain);
    const states = chains.map((each) => {
      const { chainId, state } = each.report();
      return { chainId, state };
    });
    if (chains.length === 0)
      answerJson(response, 404, { error: `no chain ${chain} is read by this process` });
    else if (path === '/health')
      answerJson(response, code(chains.some(({ healthy }) => healthy)), { chains: states });
    else if (path === '/ready') {
      const ready = !this.ending && chains.every((each) => each.ready);
      answerJson(response, code(ready), { chains: states });
    } else if (path === '/status') answerJson(response, 200, { chains: chains.map((each) => each.report()) });
    else answerJson(response, 404, { error: 'only /health, /ready, /status and /metrics are here' });
  }
}

function code(good: boolean): number {
  return good ? 200 : 503;
}
