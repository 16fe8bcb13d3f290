import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { createLogger, type Config } from '@tallyhouse/config';
import { ModelSwitcher, openStores, type ArtifactStore } from '@tallyhouse/model-registry';
import type { Hex } from '@tallyhouse/proofs';
import { startLocalS3, startPostgres, type LocalPostgres, type LocalS3 } from '@tallyhouse/testing';
import type { DataSource } from 'typeorm';
import { migrationDataSource } from '../../../../migrations/data-source.js';
import { ModelLoader } from '../models/model-loader.js';
import { ModelsStage } from './models.stage.js';
import { digest, methodArtifact, ShadowWorld } from './shadow.fixture.js';

jest.setTimeout(60_000);

const NAMES = { demand: `0x${'fa'.repeat(32)}`, 'lead-time': `0x${'fb'.repeat(32)}` };

describe('the version that the chain names', () => {
  let postgres: LocalPostgres;
  let source: DataSource;
  let server: LocalS3;
  let store: ArtifactStore;
  let files: Record<keyof typeof NAMES, Hex>;
  let run: () => Promise<boolean>;

  beforeAll(async () => {
    postgres = await startPostgres();
    source = await migrationDataSource(await postgres.createTestDatabase('models')).initialize();
    await source.runMigrations();
    server = await startLocalS3('models');
    const bucket = { kind: 's3', origin: server.origin, bucket: 'models', prefix: '' } as const;
    const place = { ...bucket, ...server.credentials, sessionToken: undefined };
    store = openStores({ stores: [place], writeQuorum: 1 }, '')[0]!.store;
    files = {
      demand: await store.put(methodArtifact('naive')),
      'lead-time': await store.put(methodArtifact('drift', 'daily', 'lead-time')),
    };
    const world = new ShadowWorld(source);
    for (const [at, family] of (['demand', 'lead-time'] as const).entries()) {
      await world.fact('model_family_registered', { family: NAMES[family], name: family });
      await world.fact('model_version_activated', {
        ...{ family: NAMES[family], version_id: digest(at + 1), previous_version_id: '0x' },
        artifact_sha256: files[family],
      });
    }
    const loader = new ModelLoader({ device: 'cpu' } as Config);
    const logger = createLogger({ logLevel: 'silent' }, 'test');
    const stage = new ModelsStage(store, new ModelSwitcher(source), loader, logger);
    run = () => stage.run();
  });
  afterAll(async () => {
    await source.destroy();
    await server.stop();
    await postgres.stop();
  });
  beforeEach(() => source.query('DELETE FROM model_runtime'));

  const standing = async (): Promise<Record<string, string>> => {
    const rows: { family: string; state: string; reason: string | null }[] = await source.query(
      'SELECT family, state, reason FROM model_runtime ORDER BY family',
    );
    return Object.fromEntries(rows.map(({ family, state, reason }) => [family, reason ?? state]));
  };

  it('runs once its bytes were read and checked', async () => {
    expect([await run(), await run()]).toEqual([true, false]);
    expect(await standing()).toEqual({ demand: 'RUNNING', 'lead-time': 'RUNNING' });
  });

  it('is refused with the reason when its file is not there, and runs once it is', async () => {
    const key = `models/${files.demand.slice(2)}`;
    const kept = server.objects.get(key)!;
    server.objects.delete(key);
    await run();
    expect(await standing()).toEqual({
      ...{ demand: expect.stringMatching(/^ARTIFACT_MISSING: /), 'lead-time': 'RUNNING' },
    });
    server.objects.set(key, kept);
    await run();
    expect(await standing()).toEqual({ demand: 'RUNNING', 'lead-time': 'RUNNING' });
  });

  it('is not refused because the store lets nobody in, nor does that hold up another family', async () => {
    server.faults.push({ status: 403, code: 'AccessDenied' });
    await expect(run()).rejects.toThrow(/^demand: STORE_REFUSED: /);
    expect(await standing()).toEqual({ 'lead-time': 'RUNNING' });
    await run();
    expect(await standing()).toEqual({ demand: 'RUNNING', 'lead-time': 'RUNNING' });
  });
});
