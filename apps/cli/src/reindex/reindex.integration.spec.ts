import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deployLocal, startAnvil, startPostgres, type Anvil, type LocalPostgres } from '@tallyhouse/testing';
import pg from 'pg';
import { migrate } from '../migrate/migrate.js';
import { ROOT } from '../paths.js';
import { checkIndex } from './check-index.js';
import { digestFacts } from './fact-digest.js';
import type { IndexSource } from './index-source.js';
import { rebuildIndex } from './rebuild-index.js';
import { comparisonLines } from './reindex.commands.js';

const built = existsSync(join(ROOT, 'dist/apps/indexer/src/main.js'));
if (!built) console.warn('reindex: skipped in part, the programs are not built (npm run build)');
const itWhenBuilt = built ? it : it.skip;
const quiet = { verify: 'all', onProgress: () => undefined };

// A real database and chain, on a machine that runs other specs too.
jest.setTimeout(60_000);

describe('reindex', () => {
  let postgres: LocalPostgres;
  let chain: Anvil;
  let client: pg.Client;
  let source: IndexSource;
  let folder: string;

  beforeAll(async () => {
    [postgres, chain] = await Promise.all([startPostgres(), startAnvil()]);
    const { deployment } = await deployLocal(chain.rpcUrl);
    folder = await mkdtemp(join(tmpdir(), 'tallyhouse-reindex-'));
    const deploymentPath = join(folder, 'deployment.json');
    await writeFile(deploymentPath, JSON.stringify(deployment));
    const databaseUrl = await postgres.createTestDatabase('kept');
    await migrate(databaseUrl);
    source = { databaseUrl, rpcUrls: [chain.rpcUrl], deploymentPath, deployment };
    client = new pg.Client({ connectionString: databaseUrl });
    await client.connect();
  }, 60_000);
  afterAll(async () => {
    await client.end();
    await Promise.all([postgres.stop(), chain.stop(), rm(folder, { recursive: true })]);
  });

  const removed = (chainId: number, block: number, logIndex: number, partner: string): Promise<unknown> =>
    client.query(`INSERT INTO partner_removed VALUES ($1, $2, 'h', $3, 't', 'epoch', $4)`, [
      ...[chainId, block, logIndex, partner],
    ]);

  it('digests rows by what they say, not by when or how they were written', async () => {
    for (const [block, log] of [
      [5, 1],
      [5, 0],
      [2, 3],
    ] as const)
      await removed(9, block, log, 'a');
    const first = await digestFacts(client, 9, 10);
    await client.query('DELETE FROM partner_removed WHERE chain_id = 9');
    await client.query(`SET timezone = 'Asia/Tokyo'`);
    for (const [block, log] of [
      [2, 3],
      [5, 0],
      [5, 1],
      [11, 0],
    ] as const)
      await removed(9, block, log, 'a');
    expect(await digestFacts(client, 9, 10)).toEqual(first);
    expect([...first.blocks.keys()]).toEqual([2, 5]);
    await client.query(`UPDATE partner_removed SET partner = 'b' WHERE chain_id = 9 AND log_index = 1`);
    const altered = await digestFacts(client, 9, 10);
    expect(altered.digest).not.toBe(first.digest);
    expect(altered.blocks.get(2)).toBe(first.blocks.get(2));
    expect(altered.tables.filter(({ digest }, at) => digest !== first.tables[at]?.digest)).toMatchObject([
      { name: 'partner_removed', rows: 3 },
    ]);
  });

  itWhenBuilt(
    'rebuilds an index that a check then finds equal, until a row is altered',
    async () => {
      await removed(31_337, 1, 7, 'never on the chain');
      const rebuilt = await rebuildIndex(source, quiet);
      expect(rebuilt.rows).toBeGreaterThan(10);
      const good = await checkIndex(source, quiet);
      expect(good).toMatchObject({
        same: true,
        firstDifference: undefined,
        firstChanged: undefined,
        kept: { digest: rebuilt.digest },
      });
      expect(comparisonLines(good).at(-1)).toContain(rebuilt.digest);
      const noted = await client.query<{ digest: string }>('SELECT digest FROM chain_checkpoint');
      expect(noted.rows).toEqual([{ digest: rebuilt.digest }]);
      const { rows } = await client.query<{ number: string }>(
        `UPDATE token_transfer SET amount = amount + 1 WHERE block_number = (SELECT max(block_number) FROM token_transfer)
       RETURNING block_number AS number`,
      );
      const bad = await checkIndex(source, quiet);
      const altered = Number(rows[0]?.number);
      expect(bad).toMatchObject({ same: false, firstDifference: altered, firstChanged: altered });
      expect(comparisonLines(bad).at(-2)).toContain(`block ${altered} are not those that the indexer wrote`);
      expect(comparisonLines(bad).filter((line) => line.includes('DIFFERS'))).toHaveLength(1);
      const left = await client.query(`SELECT FROM pg_database WHERE datname LIKE 'tallyhouse_check%'`);
      expect(left.rowCount).toBe(0);
    },
    60_000,
  );

  itWhenBuilt(
    'changes nothing while an indexer holds the lock',
    async () => {
      const holder = new pg.Client({ connectionString: source.databaseUrl });
      await holder.connect();
      await holder.query(`SELECT pg_advisory_lock(x'54414c59'::integer, 31337)`);
      const before = await digestFacts(client, 31_337, 1e6);
      await expect(rebuildIndex(source, quiet)).rejects.toThrow(/an indexer is writing/);
      expect(await digestFacts(client, 31_337, 1e6)).toEqual(before);
      await holder.end();
    },
    30_000,
  );
});
