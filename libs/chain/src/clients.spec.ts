import { describe, expect, it } from '@jest/globals';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { makePublicClient, makeWalletClient } from './clients.js';

const KEY = `0x${'11'.repeat(32)}` as const;

/** An endpoint that answers every call with `result`, or with a failure when there is none. */
async function endpoint(result?: string): Promise<{ url: string; calls: () => number; close: () => void }> {
  let calls = 0;
  const server = createServer((_, response) => {
    calls += 1;
    response.statusCode = result === undefined ? 503 : 200;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ jsonrpc: '2.0', id: 1, result }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, calls: () => calls, close: () => server.close() };
}

describe('makePublicClient', () => {
  it('asks the second endpoint when the first fails, after a bounded number of attempts', async () => {
    const [dead, alive] = await Promise.all([endpoint(), endpoint('0x7a69')]);
    const client = makePublicClient([dead.url, alive.url], { retryCount: 1, retryDelayMs: 1 });
    expect(await client.getChainId()).toBe(31337);
    expect([dead.calls(), alive.calls()]).toEqual([2, 1]);
    dead.close();
    alive.close();
  });

  it('gives up when every endpoint fails', async () => {
    const dead = await endpoint();
    await expect(makePublicClient(dead.url, { retryCount: 0 }).getChainId()).rejects.toThrow();
    expect(dead.calls()).toBe(1);
    dead.close();
  });

  it('gives up on an endpoint that does not answer in time', async () => {
    const server = createServer(() => undefined);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const client = makePublicClient(url, { retryCount: 0, timeoutMs: 50 });
    await expect(client.getChainId()).rejects.toThrow(/took too long/);
    server.closeAllConnections();
    server.close();
  });

  it.each([
    ['nothing', []],
    ['a word', ['nowhere']],
    ['a file', ['file:///etc/passwd']],
  ])('refuses %s as endpoint', (_, urls) => {
    expect(() => makePublicClient(urls)).toThrow(expect.objectContaining({ code: 'RPC_URL_INVALID' }));
  });

  it('keeps the URL, which may carry a key, out of the failure', () => {
    expect(() => makePublicClient('gopher://node/secret')).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('secret') }),
    );
  });
});

describe('makeWalletClient', () => {
  it('signs with the key it is given', () => {
    const { account } = makeWalletClient('http://127.0.0.1:1', KEY);
    expect(account.address).toBe('0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A');
  });
});
