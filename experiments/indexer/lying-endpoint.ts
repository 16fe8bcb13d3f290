import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Prng } from '@tallyhouse/simulation';
import type { RpcLog } from 'viem';

/** What an endpoint does to the logs that it gives. */
export const FAULTS = ['drop', 'alter', 'invent'] as const;
export type Fault = (typeof FAULTS)[number];

const HONEST_PAUSE_MS = 2_000;

interface Call {
  readonly id: number;
  readonly method: string;
}

/** An honest node's answers, kept, so that many endpoints can give them without asking again. */
export class HonestAnswers {
  private readonly kept = new Map<string, Promise<string>>();

  public constructor(private readonly rpcUrl: string) {}

  public async of(body: string): Promise<string> {
    const kept = this.kept.get(body) ?? this.ask(body);
    this.kept.set(body, kept);
    return kept;
  }

  private async ask(body: string): Promise<string> {
    const headers = { 'content-type': 'application/json' };
    return (await fetch(this.rpcUrl, { method: 'POST', headers, body })).text();
  }
}

/**
 * An endpoint that commits one fault, at a random log, in each answer to `eth_getLogs` that holds any. Without a fault it
 * is honest, and so slow that it is asked last.
 */
export class LyingEndpoint {
  /** Blocks about which it lied, an entry for each lie. */
  public readonly lies: number[] = [];

  private constructor(
    private readonly server: Server,
    private readonly answers: HonestAnswers,
    private readonly fault: Fault | undefined,
    private readonly random: Prng,
  ) {}

  public static async start(
    answers: HonestAnswers,
    fault: Fault | undefined,
    random: Prng,
  ): Promise<LyingEndpoint> {
    const server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        endpoint.answer(Buffer.concat(parts).toString()).then(
          (text) => response.writeHead(200, { 'content-type': 'application/json' }).end(text),
          () => response.destroy(),
        );
      });
    });
    const endpoint = new LyingEndpoint(server, answers, fault, random);
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return endpoint;
  }

  public get host(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  public stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private async answer(body: string): Promise<string> {
    const honest = await this.answers.of(body);
    if (!this.fault) await new Promise((resolve) => setTimeout(resolve, HONEST_PAUSE_MS));
    const call = JSON.parse(body) as Call | Call[];
    if (!this.fault || Array.isArray(call) || call.method !== 'eth_getLogs') return honest;
    const answer = JSON.parse(honest) as { result?: RpcLog[] };
    if (!answer.result?.length) return honest;
    return JSON.stringify({ ...answer, result: this.changed(answer.result) });
  }

  private changed(logs: readonly RpcLog[]): RpcLog[] {
    const at = this.random.integer(0, logs.length - 1);
    const log = logs[at] as RpcLog;
    this.lies.push(Number(log.blockNumber));
    const [before, after] = [logs.slice(0, at), logs.slice(at + 1)];
    if (this.fault === 'drop') return [...before, ...after];
    if (this.fault === 'alter') return [...before, this.altered(log), ...after];
    const invented = { ...log, logIndex: `0x${(10_000 + at).toString(16)}` as const };
    return [...before, log, invented, ...after];
  }

  /** One digit of data or of a topic becomes another one. */
  private altered(log: RpcLog): RpcLog {
    const inData = this.random.chance(0.5);
    const text = inData ? log.data : (log.topics[1] ?? log.data);
    const at = this.random.integer(2, text.length - 1);
    const digit = ((Number.parseInt(text[at] ?? '0', 16) + this.random.integer(1, 15)) % 16).toString(16);
    const changed = `${text.slice(0, at)}${digit}${text.slice(at + 1)}` as `0x${string}`;
    if (inData) return { ...log, data: changed };
    const [selector, , ...rest] = log.topics;
    return { ...log, topics: [selector, changed, ...rest] as RpcLog['topics'] };
  }
}
