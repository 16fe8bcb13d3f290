import { RetryError } from '../indexer.errors.js';
import { RpcChainReader, type EvidenceReader } from './chain-reader.js';
import type { JsonRpc, RpcRequest } from './json-rpc.js';
import { Patience } from './patience.js';
import { RpcFailure } from './rpc-failure.js';

/** Weight of the newest of the measurements that are averaged. */
const NEWEST = 0.2;
/** What an endpoint that is new, always fails, or is behind, is worth in latency. */
const UNKNOWN_LATENCY_MS = 100;
const ERROR_COST_MS = 2_000;
const BEHIND_COST_MS = 100;

/** How one endpoint has done; times in milliseconds. */
export interface EndpointScore {
  readonly name: string;
  readonly latencyMs: number;
  readonly errorRate: number;
  readonly height: number | null;
  readonly requests: number;
  readonly errors: number;
  /** How often it was refuted by a block's hash. */
  readonly refuted: number;
  /** How much longer it is not asked, 0 when it is. */
  readonly restsMs: number;
  /** How often another endpoint was asked beside it because it was slow. */
  readonly overtaken: number;
  readonly lastProblem: string | null;
}

/** One JSON-RPC endpoint with its record. */
export class Endpoint {
  public readonly reader: EvidenceReader;
  public height: number | undefined;
  public refuted = 0;
  /** With what hedged work takes. */
  public readonly patience = new Patience();
  private overtaken = 0;
  private latencyMs = 0;
  private errorRate = 0;
  private requests = 0;
  private errors = 0;
  private benchedUntilMs = 0;
  private restsUntilMs = 0;
  private lastProblem: string | undefined;

  /** @param name shown to people: never the URL, which may carry a key */
  public constructor(
    public readonly name: string,
    private readonly rpc: Pick<JsonRpc, 'call' | 'callAll' | 'callEach'>,
    private readonly nowMs: () => number,
    checksHashes: boolean,
  ) {
    this.reader = new RpcChainReader(
      {
        call: (method, params) => this.measured(() => this.rpc.call(method, params), method),
        callAll: (calls: readonly RpcRequest[]) => this.measured(() => this.rpc.callAll(calls)),
        callEach: (calls: readonly RpcRequest[]) => this.measured(() => this.rpc.callEach(calls)),
      },
      name,
      checksHashes,
    );
  }

  /** Caught lying not long ago. */
  public get benched(): boolean {
    return this.nowMs() < this.benchedUntilMs;
  }

  /** How long it still wants to be left alone, as it said itself. */
  public get restsMs(): number {
    return Math.max(0, this.restsUntilMs - this.nowMs());
  }

  public bench(forMs: number, why: string): void {
    this.refuted++;
    this.benchedUntilMs = this.nowMs() + forMs;
    this.lastProblem = why;
  }

  public rest(forMs: number): void {
    this.restsUntilMs = this.nowMs() + forMs;
  }

  /** Another one is asked beside it. */
  public overtake(): true {
    this.overtaken++;
    return true;
  }

  /** Small is good. @param highest height of the highest endpoint */
  public cost(highest: number): number {
    const behind = this.height === undefined ? 0 : Math.max(0, highest - this.height - 1);
    return (this.latencyMs || UNKNOWN_LATENCY_MS) + ERROR_COST_MS * this.errorRate + BEHIND_COST_MS * behind;
  }

  public score(): EndpointScore {
    const { name, requests, errors, refuted, overtaken } = this;
    return {
      ...{ name, requests, errors, refuted, overtaken },
      latencyMs: Math.round(this.latencyMs * 10) / 10,
      errorRate: Math.round(this.errorRate * 1_000) / 1_000,
      height: this.height ?? null,
      restsMs: Math.max(0, Math.max(this.benchedUntilMs, this.restsUntilMs) - this.nowMs()),
      lastProblem: this.lastProblem ?? null,
    };
  }

  /** Latency is that of single headers: other questions take as long as they are large. */
  private async measured<Answer>(work: () => Promise<Answer>, method?: string): Promise<Answer> {
    const start = this.nowMs();
    this.requests++;
    try {
      const answer = await work();
      this.errorRate *= 1 - NEWEST;
      if (method === 'eth_getBlockByNumber')
        this.latencyMs += (this.latencyMs === 0 ? 1 : NEWEST) * (this.nowMs() - start - this.latencyMs);
      return answer;
    } catch (error) {
      this.failed(error);
      throw error;
    }
  }

  private failed(error: unknown): void {
    const kind = error instanceof RpcFailure ? error.kind : undefined;
    if (kind === 'TOO_MUCH' || kind === 'UNSUPPORTED') return;
    this.errors++;
    this.errorRate += NEWEST * (1 - this.errorRate);
    if (error instanceof RpcFailure || error instanceof RetryError) this.lastProblem = error.message;
  }
}
