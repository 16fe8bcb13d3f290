import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CONTRACT_NAMES } from '@tallyhouse/chain';
import { readConfig } from '@tallyhouse/config';
import { ApiKeyRepository, KEY_SCOPES } from '@tallyhouse/identity';
import { startPostgres } from '@tallyhouse/testing';
import { DataSource } from 'typeorm';
import { createApp } from '../../apps/api/src/create-app.js';
import { migrationDataSource } from '../../migrations/data-source.js';

const PARTNER = `0x${'a1'.repeat(20)}`;
const CHAIN_ID = 31_337;
const UNLIMITED = { RATE_LIMIT_ADDRESS: '0', RATE_LIMIT_KEY: '0', RATE_LIMIT_SIGN_IN: '0' };

/** The whole api over a Postgres of its own, with a registered partner whose key may do everything. */
export interface OwnApi {
  readonly url: string;
  readonly apiKey: string;
  stop(): Promise<void>;
}

/** Starts it; nobody listens at the chain's address, and faults of the server are logged to the screen. */
export async function startOwnApi(): Promise<OwnApi> {
  const folder = await mkdtemp(join(tmpdir(), 'tallyhouse-fuzz-'));
  const postgres = await startPostgres();
  const databaseUrl = await postgres.createDatabase(`fuzz-${randomUUID()}`);
  const migrating = await migrationDataSource(databaseUrl).initialize();
  await migrating.runMigrations();
  await register(migrating);
  await migrating.destroy();
  const deploymentPath = join(folder, 'deployment.json');
  await writeFile(deploymentPath, JSON.stringify(deployment()));
  const config = readConfig({
    DATABASE_URL: databaseUrl,
    RPC_URLS: 'http://127.0.0.1:9',
    TALLYHOUSE_DEPLOYMENT: deploymentPath,
    TALLYHOUSE_STATE_DIR: folder,
    LOG_LEVEL: 'error',
    ...UNLIMITED,
  });
  const { app } = await createApp(config, join(folder, 'web'));
  await app.listen(0, '127.0.0.1');
  const keys = new ApiKeyRepository(app.get(DataSource));
  const asked = { partner: PARTNER, label: 'fuzz', scopes: KEY_SCOPES, expiresAt: null };
  const { secret } = await keys.add(asked, new Date());
  return {
    url: (await app.getUrl()).replace(/\/$/, ''),
    apiKey: secret,
    stop: async () => {
      await app.close();
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function register(dataSource: DataSource): Promise<void> {
  const hash = `0x${'0'.repeat(63)}1`;
  await dataSource.query(
    `INSERT INTO partner_registered (chain_id, block_number, block_hash, log_index, tx_hash, block_time, partner, gln,
       name, metadata_hash) VALUES ($1, 1, $2, 0, $2, now(), $3, '9521141000014', 'Riverside Packers', $2)`,
    [CHAIN_ID, hash, PARTNER],
  );
  await dataSource.query(
    `INSERT INTO chain_checkpoint (chain_id, block_number, block_hash, block_time, genesis_hash, contracts_digest,
       head_number, updated_at) VALUES ($1, 1, $2, now(), $2, $2, 1, now())`,
    [CHAIN_ID, hash],
  );
}

function deployment(): object {
  const contracts = CONTRACT_NAMES.map((name, index) => [
    name,
    { address: `0x${String(index + 1).padStart(40, '0')}`, block: 1 },
  ]);
  return {
    network: 'local',
    chainId: CHAIN_ID,
    startBlock: 1,
    parameters: { votingDelayS: 1, votingPeriodS: 60, timelockDelayS: 2, quorumPercent: 4 },
    contracts: Object.fromEntries(contracts),
  };
}
