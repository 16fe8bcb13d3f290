import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { FileArtifactStore } from '@tallyhouse/model-registry';
import type { Hex } from '@tallyhouse/proofs';
import { startLocalS3, startPostgres, type LocalPostgres, type LocalS3 } from '@tallyhouse/testing';
import { Command } from 'commander';
import { migrationDataSource } from '../../../../migrations/data-source.js';
import { addArtifactsCommands } from './artifacts.commands.js';

jest.setTimeout(60_000);

const BYTES = new TextEncoder().encode('a model');

describe('tallyhouse artifacts', () => {
  const before = { ...process.env };
  let postgres: LocalPostgres;
  let databaseUrl: string;
  let server: LocalS3;
  let folder: string;
  let sha256: Hex;
  let said: string[];

  beforeAll(async () => {
    postgres = await startPostgres();
    databaseUrl = await postgres.createTestDatabase('artifacts');
    const source = await migrationDataSource(databaseUrl).initialize();
    await source.runMigrations();
    await source.destroy();
  });
  afterAll(() => postgres.stop());
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tallyhouse-artifacts-'));
    server = await startLocalS3('models');
    sha256 = await new FileArtifactStore(join(folder, 'artifacts')).put(BYTES);
    const { region, accessKeyId, secretAccessKey } = server.credentials;
    Object.assign(process.env, {
      ...{ DATABASE_URL: databaseUrl, TALLYHOUSE_STATE_DIR: folder },
      ...{ ARTIFACT_STORES: `file,${server.origin}/models`, ARTIFACT_TRUSTED_ORIGINS: server.origin },
      ...{ S3_REGION: region, S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey },
    });
    said = [];
    for (const stream of [process.stdout, process.stderr])
      jest.spyOn(stream, 'write').mockImplementation((text) => said.push(String(text)) > 0);
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
    process.exitCode = undefined;
    await server.stop();
    await rm(folder, { recursive: true });
  });

  const run = async (verb: 'check' | 'repair'): Promise<{ code: unknown; text: string }> => {
    process.exitCode = undefined;
    said.length = 0;
    const program = new Command();
    addArtifactsCommands(program);
    await program.parseAsync(['artifacts', verb], { from: 'user' });
    return { code: process.exitCode ?? 0, text: said.join('') };
  };

  it('ends with 1 while a store lacks a file, and with 0 once it was put there', async () => {
    expect(await run('check')).toMatchObject({
      code: 1,
      text: expect.stringContaining(`${sha256} file good, `),
    });
    expect(await run('repair')).toMatchObject({ code: 0, text: expect.stringContaining('1 put where') });
    expect(await run('check')).toEqual({ code: 0, text: '1 artifacts, 1 good in every store\n' });
  });

  it('ends with 1 when a store gives no list, though every file that others name is good', async () => {
    await run('repair');
    server.faults.push({ status: 403, code: 'AccessDenied' });
    const { code, text } = await run('check');
    expect(code).toBe(1);
    expect(text).toMatch(/AccessDenied[^]*1 artifacts, 1 good in every store/);
    server.faults.push({ status: 403, code: 'AccessDenied' });
    expect(await run('repair')).toMatchObject({ code: 1 });
  });

  it('ends with 1 when no database says what the chain names', async () => {
    await run('repair');
    const { port } = new URL(databaseUrl);
    process.env['DATABASE_URL'] = databaseUrl.replace(`:${port}`, ':1');
    for (const verb of ['check', 'repair'] as const) {
      const { code, text } = await run(verb);
      expect(code).toBe(1);
      expect(text).toContain('no database can be asked');
    }
  });
});
