import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  deployLocal,
  ROLE,
  startAnvil,
  startPostgres,
  type Anvil,
  type LocalDeployment,
  type LocalPostgres,
} from '@tallyhouse/testing';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { DataSource } from 'typeorm';
import type { Hex } from 'viem';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { migrationDataSource } from '../../../../migrations/data-source.js';
import { partnerRegistryAbi } from '../generated/index.js';
import { ChainWriter, type ContractCall, type WritingSession } from './chain-writer.js';

/** Forwards to the node what `answer` does not answer itself. */
function between(target: string, answer: (body: string) => object | 'HANG_UP' | undefined): Promise<Server> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      const own = answer(body);
      if (own === 'HANG_UP') return request.socket.destroy();
      if (own)
        return response
          .setHeader('content-type', 'application/json')
          .end(JSON.stringify({ jsonrpc: '2.0', id: (JSON.parse(body) as { id: number }).id, ...own }));
      void fetch(target, { method: 'POST', body, headers: { 'content-type': 'application/json' } })
        .then((answer) => answer.text())
        .then((text) => response.setHeader('content-type', 'application/json').end(text));
      return undefined;
    });
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

/** As if the caller died between writing down and sending. */
const deaf = (target: string): Promise<Server> =>
  between(target, (body) => (body.includes('eth_sendRawTransaction') ? 'HANG_UP' : undefined));

describe('a key on a real chain', () => {
  let postgres: LocalPostgres;
  let chain: Anvil;
  let local: LocalDeployment;
  let dataSource: DataSource;
  let key: Hex;
  let clock: number;
  /** Whether the clock goes on by itself at each look at it. */
  let ticking: boolean;
  const rpc = (method: string, params: unknown[] = []): Promise<unknown> =>
    local.publicClient.request({ method, params } as never);
  const at = (rpcUrl = chain.rpcUrl): ChainWriter =>
    new ChainWriter(
      { rpcUrls: [rpcUrl], pollIntervalMs: 20, txStuckAfterMs: 30_000, txMaxFeeGwei: 500 },
      key,
      local.deployment,
      dataSource,
      () => new Date(ticking ? (clock += 500) : clock),
    );
  const sender = (): Hex => privateKeyToAccount(key).address;
  const nonce = (): Promise<number> => local.publicClient.getTransactionCount({ address: sender() });
  /** Any call will do; the sender takes a key of its own back that it never gave, for a partner that it is. */
  const call = (purpose: string): ContractCall => ({
    ...{ address: local.deployment.contracts.PartnerRegistry.address, abi: partnerRegistryAbi, purpose },
    ...{ functionName: 'setSubmitter', args: [partner(), sender(), 0n, 0n], gas: 120_000n },
  });
  const partner = (): Hex => local.people[ROLE.partner]!.account.address;
  const sent = async (writer: ChainWriter, ...purposes: string[]): Promise<Hex[]> =>
    (await writer.exclusively(async (session: WritingSession) => {
      const hashes: Hex[] = [];
      for (const purpose of purposes) hashes.push(await session.send(call(purpose)));
      return hashes;
    })) ?? [];
  const rows = (): Promise<{ state: string; attempts: number }[]> =>
    dataSource.query(
      `SELECT t.state, count(a.*)::int AS attempts FROM chain_transaction t
       JOIN chain_transaction_attempt a ON a.transaction_id = t.id WHERE t.sender = $1 GROUP BY t.id ORDER BY t.nonce`,
      [sender().toLowerCase()],
    );

  beforeAll(async () => {
    [postgres, chain] = await Promise.all([startPostgres(), startAnvil()]);
    local = await deployLocal(chain.rpcUrl);
    dataSource = await migrationDataSource(await postgres.createTestDatabase('writer')).initialize();
    await dataSource.runMigrations();
  }, 90_000);
  afterAll(async () => {
    await dataSource?.destroy();
    await Promise.all([postgres?.stop(), chain?.stop()]);
  });
  beforeEach(async () => {
    clock = 1_800_000_000_000;
    ticking = false;
    key = generatePrivateKey();
    await rpc('anvil_setBalance', [sender(), '0xde0b6b3a7640000']);
    await rpc('evm_setAutomine', [true]);
  });

  it('sends the same bytes again after it died between writing down and sending', async () => {
    const proxy = await deaf(chain.rpcUrl);
    const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    await expect(sent(at(url), 'first')).rejects.toThrow();
    expect(await nonce()).toBe(0);
    expect(await rows()).toEqual([{ state: 'SENT', attempts: 1 }]);
    proxy.closeAllConnections();
    proxy.close();
    const again = at();
    const [hash] = await sent(again, 'first');
    await again.succeeded(hash!);
    expect(await nonce()).toBe(1);
    expect(await rows()).toHaveLength(1);
  }, 30_000);

  it('finds mined what was sent by a process that died before it could say so', async () => {
    await rpc('evm_setAutomine', [false]);
    const [first, second] = await sent(at(), 'first', 'second');
    await rpc('evm_mine');
    const [same] = await sent(at(), 'third');
    expect(new Set([first, second, same]).size).toBe(3);
    expect((await rows()).map(({ state }) => state)).toEqual(['REVERTED', 'REVERTED', 'SENT']);
    await rpc('evm_mine');
    expect(await nonce()).toBe(3);
  }, 30_000);

  it('makes no second transaction for what is on its way', async () => {
    await rpc('evm_setAutomine', [false]);
    const [first] = await sent(at(), 'one');
    expect(await sent(at(), 'one')).toEqual([first]);
    expect(await rows()).toHaveLength(1);
    await rpc('evm_mine');
  }, 30_000);

  it('replaces what nobody mines by one that pays more, and takes either as its own', async () => {
    await rpc('evm_setAutomine', [false]);
    const writer = at();
    const [hash] = await sent(writer, 'stuck');
    clock += 31_000;
    await sent(writer);
    expect(await rows()).toEqual([{ state: 'SENT', attempts: 2 }]);
    const fees: { fee: string }[] = await dataSource.query(
      `SELECT a.max_fee AS fee FROM chain_transaction_attempt a JOIN chain_transaction t ON t.id = a.transaction_id
       WHERE t.sender = $1 ORDER BY a.ordinal`,
      [sender().toLowerCase()],
    );
    expect(BigInt(fees[1]!.fee) * 8n).toBeGreaterThanOrEqual(BigInt(fees[0]!.fee) * 9n);
    await rpc('evm_mine');
    await writer.succeeded(hash!);
    expect(await nonce()).toBe(1);
    expect((await rows())[0]?.state).toBe('REVERTED');
  }, 30_000);

  it('sends again what the node has forgotten, and goes round a nonce that somebody else used', async () => {
    await rpc('evm_setAutomine', [false]);
    const writer = at();
    const [hash] = await sent(writer, 'forgotten');
    await rpc('anvil_dropTransaction', [hash]);
    await sent(writer);
    await rpc('evm_mine');
    expect(await nonce()).toBe(1);
    const [lost] = await sent(writer, 'overtaken');
    ticking = true;
    await rpc('anvil_dropTransaction', [lost]);
    await rpc('anvil_setNonce', [sender(), '0x2']);
    expect(await writer.succeeded(lost!)).toBe(false);
    expect((await rows()).map(({ state }) => state)).toEqual(['REVERTED', 'SUPERSEDED']);
    await rpc('evm_setAutomine', [true]);
    await sent(writer, 'overtaken');
    expect(await nonce()).toBe(3);
  }, 30_000);

  it('waits for a receipt that the node has later than the nonce, and takes no failure of the node for an answer', async () => {
    let asked = 0;
    const proxy = await between(chain.rpcUrl, (body) => {
      if (!body.includes('eth_getTransactionReceipt') || ++asked > 3) return undefined;
      return asked === 2 ? { error: { code: -32_000, message: 'too busy' } } : { result: null };
    });
    try {
      const writer = at(`http://127.0.0.1:${(proxy.address() as AddressInfo).port}`);
      const [hash] = await sent(writer, 'late');
      await expect(writer.succeeded(hash!)).rejects.toThrow('too busy');
      await writer.succeeded(hash!);
      expect((await rows()).map(({ state }) => state)).toEqual(['REVERTED']);
      expect(asked).toBeGreaterThan(3);
    } finally {
      proxy.closeAllConnections();
      proxy.close();
    }
  }, 30_000);
});
