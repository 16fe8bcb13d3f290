import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createLogger, type Logger } from '@tallyhouse/config';
import { tallyTokenAbi } from '@tallyhouse/chain';
import {
  deployLocal,
  freePort,
  startAnvil,
  startPostgres,
  type Anvil,
  type LocalDeployment,
  type LocalPostgres,
} from '@tallyhouse/testing';
import pg from 'pg';
import { encodeFunctionData } from 'viem';
import { migratedDatabase, TestIndex } from '../test/index-kit.js';
import { IndexerProcess } from './indexer-process.js';
import { IndexerService } from './indexer.service.js';
import { openPool } from './rpc/open-pool.js';
import { IndexerStatus } from './status/indexer-status.js';
import { StatusServer } from './status/status-server.js';

const CHAIN_IDS = [31_337, 1_337] as const;
const DEADLINE_MS = 60_000;

interface IndexedChain {
  readonly port: number;
  readonly local: LocalDeployment;
  readonly status: IndexerStatus;
  anvil: Anvil;
}

describe('two chains in one process', () => {
  const chains: IndexedChain[] = [];
  const told: { event: string; chainId?: number; code?: string }[] = [];
  let postgres: LocalPostgres;
  let client: pg.Client;
  let indexer: IndexerProcess;
  let ended: Promise<void>;
  beforeAll(async () => {
    postgres = await startPostgres();
    const databaseUrl = await migratedDatabase(postgres, 'two_chains');
    client = new pg.Client({ connectionString: databaseUrl });
    await client.connect();
    for (const chainId of CHAIN_IDS) {
      const port = await freePort();
      const anvil = await startAnvil({ chainId, port });
      const local = await deployLocal(anvil.rpcUrl);
      chains.push({ port, anvil, local, status: new IndexerStatus(chainId, Date.now) });
    }
    const logger = createLogger({ logLevel: 'silent' }, 'indexer');
    const services = chains.map(
      ({ anvil, local, status }) =>
        new IndexerService(
          { databaseUrl, pollIntervalMs: 15, indexVerify: 'sample' },
          local.deployment,
          openPool([anvil.rpcUrl], true),
          status,
          logger,
          Math.random,
        ),
    );
    const fatal = { fatal: (line: object) => told.push(line as never) } as Pick<Logger, 'fatal'>;
    const server = new StatusServer(chains.map(({ status }) => status));
    indexer = new IndexerProcess({ indexerPort: 0, apiHost: '127.0.0.1' }, services, server, fatal);
    await new Promise<void>((resolve, reject) => {
      indexer.start(resolve).then(({ done }) => {
        // A chain that had to stop is told once the others have ended too.
        ended = done.catch(() => undefined);
      }, reject);
    });
  }, 120_000);
  afterAll(async () => {
    await indexer.onApplicationShutdown();
    await ended;
    await client.end();
    await Promise.all([postgres.stop(), ...chains.map(({ anvil }) => anvil.stop())]);
  }, 60_000);

  const transfer = async ({ local }: IndexedChain, amount: bigint): Promise<void> => {
    const { TallyToken, TraceAnchor } = local.deployment.contracts;
    const data = encodeFunctionData({
      ...{ abi: tallyTokenAbi, functionName: 'transfer', args: [TraceAnchor.address, amount] },
    });
    const hash = await local.people[0]!.sendTransaction({ to: TallyToken.address, data, chain: null });
    await local.publicClient.waitForTransactionReceipt({ hash });
  };
  const until = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
    const deadline = performance.now() + DEADLINE_MS;
    while (!(await holds())) {
      if (performance.now() > deadline) throw new Error(JSON.stringify(chains.map((c) => c.status.report())));
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };
  const atHead = ({ status, local }: IndexedChain): Promise<void> =>
    until(async () => status.report().blockHash === (await local.publicClient.getBlock()).hash);
  const digestOf = async (from: pg.Client, chainId: number): Promise<unknown> =>
    (await from.query('SELECT block_hash, digest FROM chain_checkpoint WHERE chain_id = $1', [chainId])).rows;

  it('are indexed into one database, each as if it were alone', async () => {
    await transfer(chains[0]!, 1n);
    for (const amount of [2n, 3n]) await transfer(chains[1]!, amount);
    for (const chain of chains) {
      await atHead(chain);
      const { deployment } = chain.local;
      const alone = await TestIndex.create(postgres, 'alone', deployment, chain.anvil.rpcUrl);
      await alone.start().caughtUp();
      const held = await digestOf(client, deployment.chainId);
      expect(held).toEqual(await digestOf(alone.client, deployment.chainId));
      expect(held).toHaveLength(1);
      await alone.close();
    }
  }, 120_000);

  it('one that was set up anew stops alone and says so; the other goes on', async () => {
    const [stays, reset] = chains as [IndexedChain, IndexedChain];
    const before = await digestOf(client, 1_337);
    await reset.anvil.stop();
    reset.anvil = await startAnvil({ chainId: 1_337, port: reset.port });
    await until(() => told.length > 0);
    expect(told).toMatchObject([{ event: 'chain-stopped', chainId: 1_337, next: 'STOP' }]);
    expect(told[0]?.code).toMatch(/^(CHAIN_REPLACED|CONTRACTS_MISSING)$/);
    expect(await digestOf(client, 1_337)).toEqual(before);
    await transfer(stays, 4n);
    await atHead(stays);
    expect([stays.status.ready, reset.status.healthy]).toEqual([true, false]);
  }, 120_000);
});
