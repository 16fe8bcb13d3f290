import { failureOfAnswer, failureOfStatus, RpcFailure } from './rpc-failure.js';

const TIMEOUT_MS = 15_000;
const CALLS_A_REQUEST = 50;
const MAX_ANSWER_BYTES = 33_554_432;

/** One call, as JSON-RPC names it. */
export type RpcRequest = readonly [method: string, params: readonly unknown[]];

interface RpcAnswer {
  readonly id?: number;
  readonly result?: unknown;
  readonly error?: { readonly code?: number; readonly message?: string };
}

/** JSON-RPC over HTTP with one endpoint: no repeating here, so that whoever asks can turn to another endpoint. */
export class JsonRpc {
  /** Off once the endpoint has refused several calls in one request. */
  private takesMany = true;
  public requests = 0;

  public constructor(
    private readonly url: string,
    private readonly timeoutMs = TIMEOUT_MS,
  ) {}

  /** @throws RpcFailure */
  public async call(method: string, params: readonly unknown[] = []): Promise<unknown> {
    const [answer] = await this.callAll([[method, params]]);
    return answer;
  }

  /**
   * Makes many calls in few requests; answers in the order of the calls.
   *
   * @throws RpcFailure of the first call that failed
   */
  public async callAll(calls: readonly RpcRequest[]): Promise<unknown[]> {
    return (await this.callEach(calls)).map((answer) => {
      if (answer instanceof RpcFailure) throw answer;
      return answer;
    });
  }

  /**
   * As {@link callAll}, but a call that the endpoint answers with an error has that as its answer.
   *
   * @throws RpcFailure when a request failed as a whole
   */
  public async callEach(calls: readonly RpcRequest[]): Promise<unknown[]> {
    const answers: unknown[] = [];
    for (let start = 0; start < calls.length; start += CALLS_A_REQUEST)
      answers.push(...(await this.some(calls.slice(start, start + CALLS_A_REQUEST))));
    return answers;
  }

  private async some(calls: readonly RpcRequest[]): Promise<unknown[]> {
    if (calls.length === 1 || !this.takesMany) return Promise.all(calls.map((call) => this.one(call)));
    const answer = await this.post(calls.map((call, index) => body(index, call))).catch((error: unknown) => {
      if (error instanceof RpcFailure && /REFUSED|TOO_MUCH/.test(error.kind)) return undefined;
      throw error;
    });
    if (!Array.isArray(answer)) {
      this.takesMany = false;
      return this.some(calls);
    }
    const byId = new Map((answer as RpcAnswer[]).map((each) => [each?.id, each]));
    return calls.map(([method], index) => result(method, byId.get(index) ?? null));
  }

  private async one([method, params]: RpcRequest): Promise<unknown> {
    return result(method, (await this.post(body(1, [method, params]))) as RpcAnswer | null);
  }

  private async post(content: object): Promise<unknown> {
    this.requests++;
    const response = await this.fetch(JSON.stringify(content));
    const text = await textOf(response);
    const answer = parsed(text);
    const { status, ok } = response;
    // Some endpoints put a JSON-RPC error into an HTTP error; mostly the former says more.
    if (status === 413 || status === 429 || (!ok && (answer as RpcAnswer | undefined)?.error === undefined))
      throw failureOfStatus(status, response.headers.get('retry-after'));
    if (answer === undefined) throw new RpcFailure('UNAVAILABLE', 'the answer is no JSON');
    return answer;
  }

  private async fetch(content: string): Promise<Response> {
    try {
      const headers = { 'content-type': 'application/json' };
      const signal = AbortSignal.timeout(this.timeoutMs);
      return await fetch(this.url, { method: 'POST', headers, body: content, signal });
    } catch (cause) {
      const timedOut = cause instanceof Error && cause.name === 'TimeoutError';
      if (timedOut) throw new RpcFailure('TIMEOUT', `no answer within ${this.timeoutMs} ms`);
      throw new RpcFailure('UNAVAILABLE', 'no connection', undefined, { cause });
    }
  }
}

/** Reads an answer up to a bound: whoever asks for less then gets it, and no endpoint can fill the memory. */
async function textOf(response: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const part of response.body ?? []) {
      length += part.length;
      if (length > MAX_ANSWER_BYTES) break;
      parts.push(part);
    }
  } catch (cause) {
    throw new RpcFailure('UNAVAILABLE', 'the answer broke off', undefined, { cause });
  }
  if (length > MAX_ANSWER_BYTES)
    throw new RpcFailure('TOO_MUCH', `the answer is longer than ${MAX_ANSWER_BYTES} bytes`);
  return Buffer.concat(parts).toString();
}

function body(id: number, [method, params]: RpcRequest): object {
  return { jsonrpc: '2.0', id, method, params };
}

/** @returns the failure where the answer is one */
function result(method: string, answer: RpcAnswer | null): unknown {
  if (answer?.error) return failureOfAnswer(method, answer.error);
  return answer?.result === undefined
    ? new RpcFailure('UNAVAILABLE', `no answer to ${method}`)
    : answer.result;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
