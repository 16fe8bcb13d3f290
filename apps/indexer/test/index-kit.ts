import { createLogger } from '@tallyhouse/config';
import type { Deployment } from '@tallyhouse/chain';
import pg from 'pg';
import { DataSource } from 'typeorm';
import type { LocalPostgres } from '@tallyhouse/testing';
import { IndexerService } from '../src/indexer.service.js';
import { factTables } from '../src/protocols/index.js';
import { RpcChainReader } from '../src/rpc/chain-reader.js';
import { JsonRpc } from '../src/rpc/json-rpc.js';
import { openPool } from '../src/rpc/open-pool.js';
import { IndexerStatus } from '../src/status/indexer-status.js';
import type { VerifyMode } from '../src/verify/block-verifier.js';
import { migrations } from '../../../migrations/index.js';

const DEADLINE_MS = 20_000;

/** An indexer with a database of its own, as a test drives it. */
export class TestIndex {
  private constructor(
    public readonly databaseUrl: string,
    public readonly client: pg.Client,
    private readonly deployment: Deployment,
    private readonly rpcUrl: string,
  ) {}

  public status!: IndexerStatus;
  public service!: IndexerService;
  public done: Promise<void> = Promise.resolve();

  /** Opens a database by its name, made when it is new, emptied when it is not. */
  public static async create(
    postgres: LocalPostgres,
    name: string,
    deployment: Deployment,
    rpcUrl: string,
  ): Promise<TestIndex> {
    const url = await migratedDatabase(postgres, name);
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    return new TestIndex(url, client, deployment, rpcUrl);
  }

  /** @param rpcUrls the chain itself unless others are named */
  public start(indexVerify: VerifyMode = 'sample', rpcUrls: readonly string[] = [this.rpcUrl]): this {
    this.status = new IndexerStatus(this.deployment.chainId, Date.now);
    this.service = new IndexerService(
      { databaseUrl: this.databaseUrl, pollIntervalMs: 15, indexVerify },
      this.deployment,
      openPool(rpcUrls, indexVerify !== 'off'),
      this.status,
      createLogger({ logLevel: 'silent' }, 'indexer'),
      Math.random,
    );
    this.done = this.service.run();
    this.done.catch(() => undefined);
    return this;
  }

  /** Waits until the checkpoint is the chain's head, hash for hash. */
  public async caughtUp(): Promise<void> {
    const reader = new RpcChainReader(new JsonRpc(this.rpcUrl));
    const deadline = Date.now() + DEADLINE_MS;
    for (;;) {
      const [{ hash }, report] = [await reader.latest(), this.status.report()];
      if (report.blockHash === hash && report.state === 'FOLLOWING') return;
      if (report.state === 'STOPPED') await this.done;
      if (Date.now() > deadline) throw new Error(`not caught up: ${JSON.stringify(report)}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  public async rows<Row = Record<string, unknown>>(sql: string, values: unknown[] = []): Promise<Row[]> {
    return (await this.client.query(sql, values)).rows as Row[];
  }

  /** Every row of every fact table, as text; equal texts are equal rows. */
  public async facts(): Promise<Record<string, string[]>> {
    const tables: Record<string, string[]> = {};
    for (const { name } of factTables) {
      const rows = await this.rows<{ row: string }>(
        `SELECT t::text AS row FROM ${name} t ORDER BY chain_id, block_number, log_index`,
      );
      tables[name] = rows.map(({ row }) => row);
    }
    return tables;
  }

  public async close(): Promise<void> {
    await this.service.stop();
    await this.client.end();
  }
}

/** A database with the indexer's tables and nothing in them, made when it is new. @returns its URL */
export async function migratedDatabase(postgres: LocalPostgres, name: string): Promise<string> {
  const url = await postgres.createTestDatabase(name);
  const source = await new DataSource({ type: 'postgres', url, migrations }).initialize();
  await source.runMigrations();
  const facts = factTables.map((table) => table.name).join(', ');
  await source.query(`TRUNCATE chain_checkpoint, chain_block, chain_rollback, derivation, ${facts}`);
  await source.destroy();
  return url;
}

/** What an index from block 0 holds now. */
export async function freshFacts(
  postgres: LocalPostgres,
  deployment: Deployment,
  rpcUrl: string,
): Promise<Record<string, string[]>> {
  const index = (await TestIndex.create(postgres, 'fresh', deployment, rpcUrl)).start();
  await index.caughtUp();
  const facts = await index.facts();
  await index.close();
  return facts;
}
