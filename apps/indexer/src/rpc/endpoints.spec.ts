import { afterEach, describe, expect, it } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { RefutedError, RetryError } from '../indexer.errors.js';
import { Endpoint } from './endpoint.js';
import { BENCH_MS, EndpointPool } from './endpoint-pool.js';
import { JsonRpc } from './json-rpc.js';
import { openPool } from './open-pool.js';
import { failureOfAnswer, failureOfStatus, RpcFailure } from './rpc-failure.js';

describe('the failure of a call', () => {
  it.each<[object, string]>([
    [{ code: -32_005, message: 'query returned more than 10000 results' }, 'TOO_MUCH'],
    [{ code: -32_005, message: 'limit exceeded' }, 'TOO_MUCH'],
    [{ code: -32_005, message: 'daily request count exceeded, request rate limited' }, 'RATE_LIMITED'],
    [{ code: 429, message: 'your app has exceeded its compute units' }, 'RATE_LIMITED'],
    [{ code: -32_602, message: 'block range is too wide' }, 'TOO_MUCH'],
    [{ code: -32_000, message: 'Log response size exceeded' }, 'TOO_MUCH'],
    [{ code: -32_601, message: 'Method not found' }, 'UNSUPPORTED'],
    [{ code: -32_000, message: 'header not found' }, 'REFUSED'],
  ])('of %j is %s', (error, kind) => {
    expect(failureOfAnswer('eth_getLogs', error).kind).toBe(kind);
  });

  it.each<[number, string | null, string, number | undefined]>([
    [413, null, 'TOO_MUCH', undefined],
    [429, '7', 'RATE_LIMITED', 7_000],
    [429, '999999', 'RATE_LIMITED', 300_000],
    [429, 'Wed, 21 Oct 2026 07:28:00 GMT', 'RATE_LIMITED', undefined],
    [503, '2', 'RATE_LIMITED', 2_000],
    [502, null, 'UNAVAILABLE', undefined],
    [401, null, 'REFUSED', undefined],
  ])('of HTTP status %i with Retry-After %s is %s', (status, header, kind, retryAfterMs) => {
    expect(failureOfStatus(status, header)).toMatchObject({ kind, retryAfterMs });
  });
});

/** Answers block numbers; what it does with a call is up to the test. */
type Behaviour = (method: string) => unknown;
const header = (number: number): object => ({
  ...{ number: `0x${number.toString(16)}`, hash: `0xa${number}`, parentHash: `0xa${number - 1}` },
  ...{ timestamp: '0x1', logsBloom: '0x' },
});

describe('EndpointPool', () => {
  let nowMs = 0;
  /** What looking at the clock takes. */
  let lookMs = 0;
  const asked: string[] = [];
  const endpoint = (name: string, behaviour: Behaviour, latencyMs = 10): Endpoint => {
    const call = (method: string): Promise<unknown> => {
      asked.push(name);
      nowMs += latencyMs;
      try {
        return Promise.resolve(behaviour(method));
      } catch (error) {
        return Promise.reject(error as Error);
      }
    };
    const callAll = (calls: readonly (readonly [string, unknown])[]): Promise<unknown[]> =>
      Promise.all(calls.map(([method]) => call(method)));
    return new Endpoint(name, { call, callAll, callEach: callAll }, () => (nowMs += lookMs), false);
  };
  const pool = (...endpoints: Endpoint[]): EndpointPool => {
    [nowMs, asked.length] = [0, 0];
    return new EndpointPool(endpoints, () => nowMs);
  };

  it('asks the faster one once it knows both', async () => {
    const chain = pool(
      endpoint('slow', () => header(9), 900),
      endpoint('fast', () => header(9), 5),
    );
    for (let turn = 0; turn < 20; turn++) await chain.latest();
    expect(asked[0]).toBe('slow');
    expect(asked.slice(-5)).toEqual(Array(5).fill('fast'));
  });

  it('turns from one that fails and remembers it', async () => {
    const fails = (): never => {
      throw new RpcFailure('UNAVAILABLE', 'no connection');
    };
    const chain = pool(
      endpoint('dead', fails),
      endpoint('alive', () => header(4)),
    );
    expect(await chain.latest()).toMatchObject({ number: 4 });
    await chain.header(4);
    expect(asked).toEqual(['dead', 'alive', 'alive']);
    expect(chain.scores()).toMatchObject([
      { name: 'dead', errors: 1, lastProblem: 'no connection' },
      { name: 'alive', errors: 0, height: 4 },
    ]);
  });

  it('leaves one that limits its rate alone until it may be asked again', async () => {
    let limited = true;
    const behaviour = (): unknown => {
      if (limited) throw new RpcFailure('RATE_LIMITED', 'HTTP status 429', 3_000);
      return header(4);
    };
    const chain = pool(endpoint('only', behaviour));
    await expect(chain.latest()).rejects.toMatchObject({ next: 'RETRY', retryAfterMs: 3_000 });
    limited = false;
    await expect(chain.latest()).rejects.toMatchObject({ retryAfterMs: 3_000 });
    expect(asked).toEqual(['only']);
    nowMs += 3_000;
    expect(await chain.latest()).toMatchObject({ number: 4 });
  });

  it('never waits longer than it was asked to, also when the pause ends while it looks', async () => {
    const limited = (): unknown => {
      throw new RpcFailure('RATE_LIMITED', 'HTTP status 429', 3_000);
    };
    for (let leftMs = 1; leftMs <= 8; leftMs++) {
      const chain = pool(endpoint('only', limited));
      await expect(chain.latest()).rejects.toMatchObject({ retryAfterMs: 3_000 });
      [nowMs, lookMs] = [nowMs + 3_000 - leftMs, 1];
      const waitMs = await chain.latest().then(
        () => 0,
        (error: RetryError) => error.retryAfterMs,
      );
      lookMs = 0;
      expect(waitMs).toBeLessThanOrEqual(3_000);
    }
  });

  it('benches one that is refuted, says so once, and asks it again afterwards', async () => {
    const [first, second] = [endpoint('liar', () => header(1)), endpoint('other', () => header(1))];
    const chain = pool(first, second);
    const caught: string[] = [];
    chain.onBench = (error) => caught.push(error.endpoint);
    const work = (): Promise<string> =>
      chain.use((reader) =>
        reader.name === 'liar'
          ? Promise.reject(new RefutedError('liar', 7, 'log 2 is invented'))
          : Promise.resolve(reader.name),
      );
    expect(await work()).toBe('other');
    expect(await chain.use(({ name }) => Promise.resolve(name))).toBe('other');
    expect(chain.scores()[0]).toMatchObject({ refuted: 1, restsMs: BENCH_MS });
    const anyone = ({ name }: { name: string }): Promise<string> =>
      name === 'other' ? Promise.reject(new RetryError('CHAIN_BEHIND', 'later')) : Promise.resolve(name);
    await expect(chain.use(anyone)).rejects.toThrow('later');
    nowMs += BENCH_MS;
    expect(await chain.use(anyone)).toBe('liar');
    expect(caught).toEqual(['liar']);
  });

  it('gives the refutation when nobody else is left to ask', async () => {
    const refuted = new RefutedError('liar', 7, 'log 2 is invented');
    const chain = pool(endpoint('liar', () => header(1)));
    for (const _ of [1, 2]) await expect(chain.use(() => Promise.reject(refuted))).rejects.toBe(refuted);
  });
});

describe('JsonRpc', () => {
  let server: Server;
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });
  const serve = async (answer: (body: unknown) => [status: number, body: string]): Promise<string> => {
    server = createServer((request, response) => {
      let text = '';
      request.on('data', (part: Buffer) => (text += part.toString()));
      request.on('end', () => {
        const [status, body] = answer(JSON.parse(text));
        response.writeHead(status).end(body);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/secret`;
  };
  type Call = { id: number; params: [number] };
  const echo = ({ id, params }: Call): object => ({ id, result: params[0] });

  it('puts the answers of many calls in order', async () => {
    const url = await serve((body) => [200, JSON.stringify((body as Call[]).map(echo).reverse())]);
    const numbers = Array.from({ length: 120 }, (_, index) => index);
    const rpc = new JsonRpc(url);
    expect(await rpc.callAll(numbers.map((each) => ['echo', [each]]))).toEqual(numbers);
    expect(rpc.requests).toBe(3);
  });

  it('takes no answer that is longer than 32 MiB, and says that less should be asked for', async () => {
    const url = await serve(() => [200, `"${'x'.repeat(34_000_000)}"`]);
    await expect(new JsonRpc(url).call('echo')).rejects.toMatchObject({ kind: 'TOO_MUCH' });
  });

  it('asks one by one where several at once are refused', async () => {
    const url = await serve((body) =>
      Array.isArray(body) ? [400, ''] : [200, JSON.stringify(echo(body as Call))],
    );
    expect(await new JsonRpc(url).callAll([1, 2, 3].map((each) => ['echo', [each]]))).toEqual([1, 2, 3]);
  });

  it('names an endpoint by its host and never by its path', async () => {
    const url = await serve(() => [500, 'no']);
    const pool = openPool([url], true);
    await expect(pool.latest()).rejects.toThrow(/HTTP status 500/);
    expect(JSON.stringify(pool.scores())).not.toContain('secret');
  });
});
