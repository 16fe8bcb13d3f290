import { createHash } from 'node:crypto';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRandom } from '@tallyhouse/compute';
import { tallyTokenAbi, traceAnchorAbi, type Deployment } from '@tallyhouse/chain';
import {
  deployLocal,
  digest,
  freePort,
  ROLE,
  startAnvil,
  startPostgres,
  type Anvil,
  type LocalPostgres,
} from '@tallyhouse/testing';
import pg from 'pg';
import { decodeFunctionResult, encodeFunctionData, zeroHash, type Hex } from 'viem';
import { digestFacts, factTables } from '../../apps/cli/src/reindex/fact-digest.js';
import { migrate } from '../../apps/cli/src/migrate/migrate.js';
import { OwnIndex } from './own-index.js';

/** From 0 to below 1, the same sequence for the same seed. */
export function uniform(seed: number): () => number {
  const random = seededRandom(seed);
  return () => random.uniform();
}

/** Enough for each of our calls, so that none has to be estimated. */
const GAS = '0x7a120';

interface Transaction {
  readonly from: Hex;
  readonly to: Hex;
  readonly data: Hex;
  readonly gas: string;
}

/** What an index holds: the digest over all its facts, how many there are, and the block it stands at. */
export interface Holding {
  readonly digest: string;
  readonly rows: number;
  readonly blockHash: string;
}

/** A chain, a database and somebody who uses the contracts, in a way that the seed decides. */
export class FaultWorld {
  public deployment!: Deployment;
  public deploymentPath!: string;
  private chain!: Anvil;
  private people: readonly Hex[] = [];
  private anchors = 0;

  private constructor(
    public readonly folder: string,
    public postgres: LocalPostgres,
    public readonly postgresPort: number,
    public readonly random: () => number,
  ) {}

  /** @param durable whether Postgres can be ended and started again, which syncs to disk and takes longer */
  public static async create(seed: number, durable: boolean): Promise<FaultWorld> {
    const folder = await mkdtemp(join(tmpdir(), 'tallyhouse-faults-'));
    // As root, Postgres is another user, who has to pass through.
    await chmod(folder, 0o711);
    const port = await freePort();
    const postgres = await startPostgres(durable ? { dir: join(folder, 'postgres'), port } : {});
    const world = new FaultWorld(folder, postgres, port, uniform(seed));
    world.chain = await startAnvil({ args: ['--slots-in-an-epoch', '1'] });
    const { deployment, people } = await deployLocal(world.rpcUrl);
    world.deployment = deployment;
    world.people = people.map(({ account }) => account.address);
    world.deploymentPath = join(folder, 'deployment.json');
    await writeFile(world.deploymentPath, JSON.stringify(deployment));
    const voters = world.people.slice(0, 4);
    await world.rpcs(
      voters.map((from) => ['eth_sendTransaction', [{ from, ...world.delegation(from), gas: GAS }]]),
    );
    await world.rpc('evm_setAutomine', [false]);
    return world;
  }

  public get rpcUrl(): string {
    return this.chain.rpcUrl;
  }

  public get wsUrl(): string {
    return this.rpcUrl.replace(/^http/, 'ws');
  }

  /** A database with every table, by its name. @returns its URL */
  public async database(name: string): Promise<string> {
    const url = await this.postgres.createDatabase(name);
    await migrate(url);
    return url;
  }

  public async rpc(method: string, params: readonly unknown[] = []): Promise<unknown> {
    const [result] = await this.rpcs([[method, params]]);
    return result;
  }

  /** Mines one block with up to four transactions: transfers of votes, delegations, batches anchored. */
  public async mine(least = 0): Promise<void> {
    const count = least + Math.floor(this.random() * 4);
    const calls: Transaction[] = [];
    for (let each = 0; each < count; each++) calls.push(await this.act());
    if (calls.length > 0) await this.rpcs(calls.map((call) => ['eth_sendTransaction', [call]]));
    await this.rpc('evm_mine');
  }

  /** What the chain says now, indexed from nothing, with nobody disturbing. */
  public async cleanRun(): Promise<Holding> {
    const index = await OwnIndex.open(this, 'clean');
    await emptied(index.databaseUrl);
    index.start({});
    await index.caughtUp();
    await index.stop();
    return holding(index.databaseUrl, this.deployment.chainId);
  }

  public async stop(): Promise<void> {
    await Promise.all([this.chain.stop(), this.postgres.stop()]);
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Several calls in one request, carried out in no order. */
  private async rpcs(calls: readonly (readonly [string, readonly unknown[]])[]): Promise<unknown[]> {
    const body = calls.map(([method, params], id) => ({ jsonrpc: '2.0', id, method, params }));
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(this.rpcUrl, { method: 'POST', headers, body: JSON.stringify(body) });
    const answers = (await response.json()) as {
      id: number;
      result?: unknown;
      error?: { message: string };
    }[];
    return answers
      .sort((left, right) => left.id - right.id)
      .map(({ id, result, error }) => {
        if (error) throw new Error(`${calls[id]?.[0]}: ${error.message}`);
        return result;
      });
  }

  private async act(): Promise<Transaction> {
    const choice = this.random();
    const from = this.people[Math.floor(this.random() * 4)]!;
    const to = this.people[Math.floor(this.random() * 4)]!;
    const of = (call: { to: Hex; data: Hex }, sender = from): Transaction => ({
      from: sender,
      ...call,
      gas: GAS,
    });
    if (choice < 0.7) return of(this.transfer(to, BigInt(1 + Math.floor(this.random() * 1_000))));
    if (choice < 0.9) return of(this.delegation(to));
    return of(await this.anchor(), this.people[ROLE.partner]!);
  }

  private transfer(to: Hex, amount: bigint): { to: Hex; data: Hex } {
    const data = encodeFunctionData({ abi: tallyTokenAbi, functionName: 'transfer', args: [to, amount] });
    return { to: this.deployment.contracts.TallyToken.address, data };
  }

  private delegation(to: Hex): { to: Hex; data: Hex } {
    const data = encodeFunctionData({ abi: tallyTokenAbi, functionName: 'delegate', args: [to] });
    return { to: this.deployment.contracts.TallyToken.address, data };
  }

  /** Of two in one block the second reverts, since it names the head before both: that happens on chains. */
  private async anchor(): Promise<{ to: Hex; data: Hex }> {
    const partner = this.people[ROLE.partner]!;
    const to = this.deployment.contracts.TraceAnchor.address;
    const asked = encodeFunctionData({ abi: traceAnchorAbi, functionName: 'head', args: [partner] });
    const answer = (await this.rpc('eth_call', [{ to, data: asked }, 'latest'])) as Hex;
    const head = decodeFunctionResult({ abi: traceAnchorAbi, functionName: 'head', data: answer });
    const root = digest(`batch ${this.anchors++}`);
    const args = [partner, root, 3, head, zeroHash, `memory:${this.anchors}`] as const;
    return { to, data: encodeFunctionData({ abi: traceAnchorAbi, functionName: 'anchor', args }) };
  }
}

/** Takes every row of every table of the index away. */
async function emptied(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const names = [...(await factTables(client)).keys()].join(', ');
  await client.query(`TRUNCATE chain_checkpoint, chain_block, ${names}`);
  await client.end();
}

/** Reads what an index holds, by the same digest that `./tallyhouse reindex --check` compares. */
export async function holding(databaseUrl: string, chainId: number): Promise<Holding> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows: facts, digest: ofFacts } = await digestFacts(client, chainId, 1e9);
    const { rows } = await client.query<{ hash: string }>(
      'SELECT block_hash AS hash FROM chain_checkpoint WHERE chain_id = $1',
      [chainId],
    );
    return { digest: ofFacts, rows: facts, blockHash: rows[0]?.hash ?? '' };
  } finally {
    await client.end();
  }
}

/** Whether two indexes hold the same; the blocks they stand at must be one too. */
export function same(left: Holding, right: Holding): boolean {
  const text = ({ digest: ofFacts, rows, blockHash }: Holding): string =>
    createHash('sha256').update(`${ofFacts} ${rows} ${blockHash}`).digest('hex');
  return left.rows > 0 && text(left) === text(right);
}
