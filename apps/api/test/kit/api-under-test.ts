import { createHash, randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { CONTRACT_NAMES } from '@tallyhouse/chain';
import { readConfig } from '@tallyhouse/config';
import { homeChain } from '@tallyhouse/database';
import { ARTIFACT_STORE, type ArtifactStore } from '@tallyhouse/model-registry';
import { startPostgres } from '@tallyhouse/testing';
import { DataSource } from 'typeorm';
import { migrationDataSource } from '../../../../migrations/data-source.js';
import { createApp } from '../../src/create-app.js';
import { PARTNER } from './chain-rows.js';
import { EVALUATION_REPORT } from './evaluation-report.js';

export const API_KEY = 'key-of-the-packers';

export interface GraphqlAnswer {
  readonly status: number;
  readonly data: Record<string, unknown> | null | undefined;
  readonly errors: readonly { message: string; extensions: Record<string, unknown> }[];
  readonly extensions?: Record<string, unknown> | undefined;
}

/** The whole api over a Postgres of its own. */
export interface ApiUnderTest {
  readonly app: NestExpressApplication;
  readonly dataSource: DataSource;
  readonly port: number;
  readonly url: string;
  readonly databaseUrl: string;
  post(query: string, variables?: object, headers?: Record<string, string>): Promise<GraphqlAnswer>;
  stop(): Promise<void>;
}

/**
 * Starts Postgres, migrates it as its owner, adds a partner's key and listens on a free port. The api logs in as somebody who
 * owns nothing, so that every test of it tries that this is enough.
 */
export async function startApi(environment: Readonly<Record<string, string>> = {}): Promise<ApiUnderTest> {
  const folder = await mkdtemp(join(tmpdir(), 'tallyhouse-api-'));
  const postgres = await startPostgres();
  const databaseUrl = await postgres.createTestDatabase(`api-${randomUUID()}`);
  const migrating = await migrationDataSource(databaseUrl).initialize();
  await migrating.runMigrations();
  const login = await loginWithoutRows(migrating, databaseUrl);
  await migrating.destroy();
  const { app } = await createApp(await configuration(folder, login, environment), await webBuild(folder));
  await app.get<ArtifactStore>(ARTIFACT_STORE).put(EVALUATION_REPORT);
  await app.listen(0, '127.0.0.1');
  const url = (await app.getUrl()).replace(/\/$/, '');
  const dataSource = await ownerOf(databaseUrl).initialize();
  await dataSource.query('INSERT INTO partner_key (key_sha256, partner, label) VALUES ($1, $2, $3)', [
    createHash('sha256').update(API_KEY).digest(),
    PARTNER,
    'test',
  ]);
  return {
    app,
    dataSource,
    url,
    databaseUrl,
    port: Number(new URL(url).port),
    post: (query, variables, headers) => post(url, query, variables, headers),
    stop: async () => {
      await dataSource.destroy();
      await app.close();
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A login as docs/operations.md makes it: it owns nothing, and may take the roles of the api alone. */
async function loginWithoutRows(owner: DataSource, databaseUrl: string): Promise<string> {
  const name = `api_${randomUUID().slice(0, 8)}`;
  await owner.query(`CREATE ROLE ${name} LOGIN NOINHERIT PASSWORD 'of this test'`);
  await owner.query(
    `GRANT tallyhouse_reader, tallyhouse_writer, tallyhouse_keeper TO ${name} WITH INHERIT FALSE, SET TRUE`,
  );
  const url = new URL(databaseUrl);
  url.username = name;
  url.password = 'of this test';
  return url.href;
}

/** What tests write with: the owner, who sees everything. */
function ownerOf(databaseUrl: string): DataSource {
  return new DataSource({ type: 'postgres', url: databaseUrl, extra: { options: homeChain(31_337) } });
}

async function post(
  url: string,
  query: string,
  variables: object = {},
  headers: Record<string, string> = {},
): Promise<GraphqlAnswer> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors = [], extensions } = (await response.json()) as Partial<GraphqlAnswer>;
  return { status: response.status, data, errors, extensions };
}

async function configuration(
  folder: string,
  databaseUrl: string,
  environment: Readonly<Record<string, string>>,
): Promise<ReturnType<typeof readConfig>> {
  const deploymentPath = join(folder, 'deployment.json');
  await writeFile(deploymentPath, JSON.stringify(deployment()));
  return readConfig({
    DATABASE_URL: databaseUrl,
    RPC_URLS: 'http://127.0.0.1:8545,http://127.0.0.1:8546',
    TALLYHOUSE_DEPLOYMENT: deploymentPath,
    TALLYHOUSE_STATE_DIR: folder,
    LOG_LEVEL: 'silent',
    PARTNER_DATA: 'open',
    ...environment,
  });
}

function deployment(): object {
  const contracts = CONTRACT_NAMES.map((name, index) => [
    name,
    { address: `0x${String(index + 1).padStart(40, '0')}`, block: index + 1 },
  ]);
  return {
    network: 'local',
    chainId: 31_337,
    startBlock: 1,
    parameters: { votingDelayS: 1, votingPeriodS: 60, timelockDelayS: 2, quorumPercent: 4 },
    contracts: Object.fromEntries(contracts),
  };
}

async function webBuild(folder: string): Promise<string> {
  const web = join(folder, 'web');
  await mkdir(join(web, 'assets'), { recursive: true });
  await writeFile(join(web, 'index.html'), '<!doctype html><title>Tallyhouse</title>');
  await writeFile(join(web, 'assets', 'main-1a2b.js'), 'export {};');
  return web;
}
