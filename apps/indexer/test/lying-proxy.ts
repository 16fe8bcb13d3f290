import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What an honest node answered to a call, to be changed or not; an Error stands for a method that is not there. */
export type Lie = (method: string, answer: unknown, params: readonly unknown[]) => unknown;

interface Call {
  readonly id: number;
  readonly method: string;
  readonly params: readonly unknown[];
}

/** An endpoint in front of a real node that passes every answer through a lie. */
export class LyingProxy {
  /** Calls by method. */
  public readonly calls = new Map<string, number>();
  /** Set, the next requests are answered with this status and header alone. */
  public refusal: { status: number; retryAfter?: string; times: number } | undefined;

  /** Pause before each answer, milliseconds. */
  public delayMs = 0;

  private constructor(
    private readonly server: Server,
    public lie: Lie,
  ) {}

  public static async start(rpcUrl: string, lie: Lie = (_, answer) => answer): Promise<LyingProxy> {
    const server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        proxy.answer(rpcUrl, Buffer.concat(parts).toString(), response).catch(() => response.destroy());
      });
    });
    const proxy = new LyingProxy(server, lie);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  public get url(): string {
    return `http://${this.host}`;
  }

  public get host(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(rpcUrl: string, body: string, response: ServerResponse): Promise<void> {
    const { refusal } = this;
    if (refusal && refusal.times-- > 0) {
      const headers = refusal.retryAfter === undefined ? {} : { 'retry-after': refusal.retryAfter };
      response.writeHead(refusal.status, headers).end();
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, this.delayMs));
    const headers = { 'content-type': 'application/json' };
    const genuine: unknown = await (await fetch(rpcUrl, { method: 'POST', headers, body })).json();
    const calls = JSON.parse(body) as Call | Call[];
    const changed = Array.isArray(calls)
      ? calls.map((call, index) => this.change(call, (genuine as object[])[index] ?? {}))
      : this.change(calls, genuine as object);
    response.writeHead(200, headers).end(JSON.stringify(changed));
  }

  private change(call: Call, answer: { result?: unknown }): object {
    this.calls.set(call.method, (this.calls.get(call.method) ?? 0) + 1);
    if (!('result' in answer)) return answer;
    const result = this.lie(call.method, answer.result, call.params);
    if (!(result instanceof Error)) return { ...answer, result };
    return { id: call.id, jsonrpc: '2.0', error: { code: -32_601, message: result.message } };
  }
}
