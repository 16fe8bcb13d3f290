import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { AnomalyParameterSet, SHIPPED_PARAMETERS } from '@tallyhouse/anomalies';
import { createLogger, type Config } from '@tallyhouse/config';
import { latenessArtifact, LATENESS_SETTINGS } from '@tallyhouse/forecasting';
import { ModelSwitcher, openStores, type ArtifactStore } from '@tallyhouse/model-registry';
import type { Hex } from '@tallyhouse/proofs';
import { startLocalS3, startPostgres, type LocalPostgres, type LocalS3 } from '@tallyhouse/testing';
import type { DataSource } from 'typeorm';
import { migrationDataSource } from '../../../../migrations/data-source.js';
import { ModelLoader } from '../models/model-loader.js';
import { RunningLateness } from '../models/running-lateness.js';
import { RunningParameters } from '../models/running-parameters.js';
import { ModelsStage } from './models.stage.js';
import { digest, methodArtifact, ShadowWorld } from './shadow.fixture.js';

jest.setTimeout(60_000);

const NAMES = {
  ...{ anomaly: `0x${'fc'.repeat(32)}`, demand: `0x${'fa'.repeat(32)}`, 'lead-time': `0x${'fb'.repeat(32)}` },
};
/** A vote that would make every quarter of a usual distance an alarm. */
const TOO_LOUD = { ...SHIPPED_PARAMETERS.readings, alarmNovelty: 0.25 };

/** A vote for trees that say of every delivery that it is as likely late as not. */
const ONE_LEAF = { start: 0, trees: [[[0]]] };
const UNDECIDED = latenessArtifact({
  ...{ settings: LATENESS_SETTINGS, beforeDay: 20_000, trees: ONE_LEAF, heldTrees: ONE_LEAF },
  ...{ dataRoot: digest(0xda), dataBlock: 3 },
});

const ALL_RUN = { anomaly: 'RUNNING', demand: 'RUNNING', 'lead-time': 'RUNNING' };

describe('the version that the chain names', () => {
  let postgres: LocalPostgres;
  let source: DataSource;
  let server: LocalS3;
  let store: ArtifactStore;
  let files: Record<keyof typeof NAMES, Hex>;
  let run: () => Promise<boolean>;
  let parameters: () => Promise<AnomalyParameterSet>;
  let world: ShadowWorld;

  beforeAll(async () => {
    postgres = await startPostgres();
    source = await migrationDataSource(await postgres.createTestDatabase('models')).initialize();
    await source.runMigrations();
    server = await startLocalS3('models');
    const bucket = { kind: 's3', origin: server.origin, bucket: 'models', prefix: '' } as const;
    const place = { ...bucket, ...server.credentials, sessionToken: undefined };
    store = openStores({ stores: [place], writeQuorum: 1 }, '')[0]!.store;
    files = {
      anomaly: await store.put(SHIPPED_PARAMETERS.toBytes()),
      demand: await store.put(methodArtifact('naive')),
      'lead-time': await store.put(methodArtifact('drift', 'daily', 'lead-time')),
    };
    world = new ShadowWorld(source);
    for (const [at, family] of (['demand', 'lead-time', 'anomaly'] as const).entries()) {
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
    parameters = () => new RunningParameters(source, store).find();
  });
  afterAll(async () => {
    await source.destroy();
    await server.stop();
    await postgres.stop();
  });
  beforeEach(() => source.query('DELETE FROM model_runtime'));

  const put = async (family: keyof typeof NAMES, version: number, bytes: Uint8Array): Promise<Hex> => {
    const artifact = await store.put(bytes);
    await world.fact('model_version_activated', {
      ...{ family: NAMES[family], version_id: digest(version), previous_version_id: '0x' },
      artifact_sha256: artifact,
    });
    return artifact;
  };
  const activate = (version: number, set: AnomalyParameterSet): Promise<Hex> =>
    put('anomaly', version, set.toBytes());
  const standing = async (): Promise<Record<string, string>> => {
    const rows: { family: string; state: string; reason: string | null }[] = await source.query(
      'SELECT family, state, reason FROM model_runtime ORDER BY family',
    );
    return Object.fromEntries(rows.map(({ family, state, reason }) => [family, reason ?? state]));
  };

  it('runs once its bytes were read and checked', async () => {
    expect([await run(), await run()]).toEqual([true, false]);
    expect(await standing()).toEqual(ALL_RUN);
  });

  it('is refused with the reason when its file is not there, and runs once it is', async () => {
    const key = `models/${files.demand.slice(2)}`;
    const kept = server.objects.get(key)!;
    server.objects.delete(key);
    await run();
    expect(await standing()).toEqual({
      ...{ ...ALL_RUN, demand: expect.stringMatching(/^ARTIFACT_MISSING: /) },
    });
    server.objects.set(key, kept);
    await run();
    expect(await standing()).toEqual(ALL_RUN);
  });

  it('is not refused because the store lets nobody in, nor does that hold up another family', async () => {
    server.faults.push({ status: 403, code: 'AccessDenied' });
    await expect(run()).rejects.toThrow(/^anomaly: STORE_REFUSED: /);
    expect(await standing()).toEqual({ demand: 'RUNNING', 'lead-time': 'RUNNING' });
    await run();
    expect(await standing()).toEqual(ALL_RUN);
  });

  it('judges anomalies by the voted parameters, by those of the program before, and never by a file that is out of bounds', async () => {
    expect(await parameters()).toBe(SHIPPED_PARAMETERS);
    await run();
    expect(await parameters()).toEqual(SHIPPED_PARAMETERS);
    const quiet = new AnomalyParameterSet(SHIPPED_PARAMETERS.series, {
      ...SHIPPED_PARAMETERS.readings,
      alarmNovelty: 3,
    });
    await activate(11, quiet);
    await run();
    expect((await parameters()).readings.alarmNovelty).toBe(3);
    await activate(12, new AnomalyParameterSet(SHIPPED_PARAMETERS.series, TOO_LOUD));
    await run();
    expect((await standing())['anomaly']).toMatch(
      /^ARTIFACT_UNUSABLE: .*readings\.alarmNovelty: expected a number of 0\.5 to 100, found 0\.25; mend it/,
    );
    expect((await parameters()).version).toBe(quiet.version);
  });

  it('tells lateness by the voted trees, by none while the family forecasts series, and never by a file with a fault', async () => {
    const lateness = new RunningLateness(source, store);
    await run();
    expect(await lateness.find()).toBeUndefined();
    const artifactSha256 = await put('lead-time', 21, UNDECIDED);
    await run();
    expect(await lateness.find()).toMatchObject({ artifactSha256, learned: { trees: ONE_LEAF } });
    const text = new TextDecoder().decode(UNDECIDED);
    await put('lead-time', 22, new TextEncoder().encode(text.replaceAll('[[[0]]]', '[[[44,0],[0],[0]]]')));
    await run();
    expect((await standing())['lead-time']).toMatch(
      /^ARTIFACT_UNUSABLE: trees\.trees\[0\]\[0\]: expected one of 44 features, found 44/,
    );
    expect((await lateness.find())!.artifactSha256).toBe(artifactSha256);
  });
});
