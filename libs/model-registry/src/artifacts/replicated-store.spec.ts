import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sha256Hex, type Hex } from '@tallyhouse/proofs';
import { startLocalS3, type LocalS3 } from '@tallyhouse/testing';
import { FileArtifactStore } from './file-artifact-store.js';
import type { NamedStore } from './open-stores.js';
import { ReplicatedStore, type StoreProblem } from './replicated-store.js';
import { S3ArtifactStore } from './s3/s3-artifact-store.js';
import { repairAll, survey, type ArtifactStanding } from './survey.js';

const BYTES = new TextEncoder().encode('a model');
const SHA256 = sha256Hex(BYTES);

describe('several stores as one: a folder and two buckets', () => {
  let folder: string;
  let servers: LocalS3[];
  let stores: NamedStore[];
  let problems: StoreProblem[];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'artifacts-'));
    servers = await Promise.all([startLocalS3('models'), startLocalS3('models')]);
    problems = [];
    const patience = { attempts: 1, timeoutMs: 500, pauseMs: 1 };
    stores = [
      { name: 'file', store: new FileArtifactStore(folder) },
      ...servers.map(({ origin, credentials }, index) => ({
        name: `bucket ${index}`,
        store: new S3ArtifactStore({ ...credentials, origin, bucket: 'models', prefix: '' }, patience),
      })),
    ];
  });
  afterEach(async () => {
    await Promise.all(servers.map((server) => server.stop()));
    await rm(folder, { recursive: true });
  });

  const whole = (quorum: number): ReplicatedStore =>
    new ReplicatedStore(stores, quorum, (each) => problems.push(each));
  const key = `models/${SHA256.slice(2)}`;
  const standings = async (needed: readonly Hex[] = []): Promise<ArtifactStanding[]> =>
    allOf(survey(stores, needed, () => undefined));
  const states = async (): Promise<string[]> =>
    (await standings([SHA256]))[0]!.kept.map(({ state }) => state);

  it('writes to all of them', async () => {
    await whole(3).put(BYTES);
    expect(await states()).toEqual(['GOOD', 'GOOD', 'GOOD']);
    expect(problems).toEqual([]);
  });

  it('has written when so many have it as were asked for, and says who has not', async () => {
    servers[1]!.faults.push({ status: 503, code: 'SlowDown' });
    await expect(whole(2).put(BYTES)).resolves.toBe(SHA256);
    expect(problems).toMatchObject([{ store: 'bucket 1', code: 'STORE_UNAVAILABLE', sha256: SHA256 }]);
    expect(await states()).toEqual(['GOOD', 'GOOD', 'MISSING']);
  });

  it('has not written when fewer have it, and says that it can be put again', async () => {
    for (const server of servers) server.faults.push({ status: 503, code: 'SlowDown' });
    await expect(whole(2).put(BYTES)).rejects.toMatchObject({
      ...{ code: 'QUORUM_MISSED', message: expect.stringMatching(/1 of 3 stores have it, 2 are needed/) },
    });
    await expect(whole(3).put(BYTES)).resolves.toBe(SHA256);
  });

  it('reads from the first that has it unaltered, and mends those before it', async () => {
    await whole(3).put(BYTES);
    await writeFile(join(folder, SHA256.slice(2)), 'something else');
    servers[0]!.objects.delete(key);
    expect(Buffer.from(await whole(3).get(SHA256)).toString()).toBe('a model');
    expect(problems.map(({ store, code }) => [store, code])).toEqual([
      ...[
        ['file', 'ARTIFACT_ALTERED'],
        ['bucket 0', 'ARTIFACT_MISSING'],
      ],
    ]);
    expect(await states()).toEqual(['GOOD', 'GOOD', 'GOOD']);
  });

  it('reads on when the first is away, and does not take that for missing', async () => {
    await whole(3).put(BYTES);
    stores.reverse();
    await servers[1]!.stop();
    expect(await whole(1).get(SHA256)).toHaveLength(BYTES.length);
    expect(await whole(1).has(SHA256)).toBe(true);
    expect(problems.every(({ code }) => code === 'STORE_UNAVAILABLE')).toBe(true);
  });

  it('says that an artifact was altered before it says that it is missing, when nobody has it', async () => {
    servers[1]!.objects.set(key, Buffer.from('something else'));
    await expect(whole(1).get(SHA256)).rejects.toMatchObject({ code: 'ARTIFACT_ALTERED' });
    servers[1]!.objects.clear();
    await expect(whole(1).get(SHA256)).rejects.toMatchObject({ code: 'ARTIFACT_MISSING' });
    expect(await whole(1).open(SHA256)).toBeNull();
  });

  it('lists each artifact once', async () => {
    await whole(3).put(BYTES);
    const own = await stores[2]!.store.put(Uint8Array.of(7));
    expect((await allOf(whole(1).list())).sort()).toEqual([SHA256, own].sort());
  });

  it('is surveyed and repaired store by store; what nobody has is told, not made up', async () => {
    await whole(3).put(BYTES);
    servers[0]!.objects.get(key)![0]! ^= 1;
    servers[1]!.objects.delete(key);
    const lost = sha256Hex(Uint8Array.of(1, 2, 3));
    const found = new Map((await standings([lost])).map((each) => [each.sha256, each]));
    expect(found.get(SHA256)!.kept.map(({ state }) => state)).toEqual(['GOOD', 'ALTERED', 'MISSING']);
    expect(found.get(lost)!.kept.map(({ state }) => state)).toEqual(['MISSING', 'MISSING', 'MISSING']);
    expect(await repairAll(stores, found.get(SHA256)!)).toEqual({
      repaired: ['bucket 0', 'bucket 1'],
      problems: [],
    });
    expect(await repairAll(stores, found.get(lost)!)).toMatchObject({
      repaired: [],
      problems: [expect.stringContaining(lost)],
    });
    expect(await states()).toEqual(['GOOD', 'GOOD', 'GOOD']);
  });
});

async function allOf<Item>(list: AsyncIterable<Item>): Promise<Item[]> {
  const items: Item[] = [];
  for await (const item of list) items.push(item);
  return items;
}
