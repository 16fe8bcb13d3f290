import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sha256Hex } from '@tallyhouse/proofs';
import { startLocalS3, type LocalS3 } from '@tallyhouse/testing';
import { S3ArtifactStore } from './s3-artifact-store.js';
import type { S3Location } from './s3-client.js';

const PATIENCE = { attempts: 3, timeoutMs: 2_000, pauseMs: 1 };
const BYTES = new TextEncoder().encode('a model of some demand');

describe('S3ArtifactStore, against a server that checks signatures', () => {
  let s3: LocalS3;
  let location: S3Location;
  let store: S3ArtifactStore;

  beforeEach(async () => {
    s3 = await startLocalS3('models');
    location = { ...s3.credentials, origin: s3.origin, bucket: 'models', prefix: 'tally/v1/' };
    store = new S3ArtifactStore(location, PATIENCE);
  });
  afterEach(() => s3.stop());

  it('gives back what was put under its SHA-256, and keeps it under that name', async () => {
    const sha256 = await store.put(BYTES);
    expect(sha256).toBe(sha256Hex(BYTES));
    expect([...s3.objects.keys()]).toEqual([`models/tally/v1/${sha256.slice(2)}`]);
    expect(Buffer.from(await store.get(sha256))).toEqual(Buffer.from(BYTES));
    expect(await store.has(sha256)).toBe(true);
    const kept = await store.open(sha256);
    expect(kept?.bytes).toBe(BYTES.length);
    expect(Buffer.concat(await kept!.stream.toArray())).toEqual(Buffer.from(BYTES));
  });

  it('says that an artifact is missing, and that a bucket is', async () => {
    const unknown = sha256Hex(new Uint8Array([1]));
    await expect(store.get(unknown)).rejects.toMatchObject({ code: 'ARTIFACT_MISSING' });
    expect(await store.has(unknown)).toBe(false);
    expect(await store.open(unknown)).toBeNull();
    const elsewhere = new S3ArtifactStore({ ...location, bucket: 'other' }, PATIENCE);
    await expect(elsewhere.get(unknown)).rejects.toMatchObject({ code: 'STORE_REFUSED' });
  });

  it('refuses an artifact that differs by one bit, and heals it when the original is put again', async () => {
    const sha256 = await store.put(BYTES);
    s3.objects.get(`models/tally/v1/${sha256.slice(2)}`)![0]! ^= 1;
    await expect(store.get(sha256)).rejects.toMatchObject({ code: 'ARTIFACT_ALTERED' });
    await store.put(BYTES);
    await expect(store.get(sha256)).resolves.toHaveLength(BYTES.length);
  });

  it('lists what it keeps, page after page, and nothing else that lies in the bucket', async () => {
    const hashes = Array.from({ length: 2_300 }, (_, index) =>
      sha256Hex(Uint8Array.of(index & 255, index >> 8)),
    );
    for (const hash of hashes) s3.objects.set(`models/tally/v1/${hash.slice(2)}`, Buffer.of(0));
    s3.objects.set('models/tally/v1/notes.txt', Buffer.of(0));
    s3.objects.set(`models/${'0'.repeat(64)}`, Buffer.of(0));
    const listed = await allOf(store.list());
    expect(listed.sort()).toEqual(hashes.sort());
    expect(s3.requests).toHaveLength(3);
  });

  it('tries again when the server is busy, breaks off or hangs, three times in all', async () => {
    const sha256 = await store.put(BYTES);
    const quick = new S3ArtifactStore(location, { ...PATIENCE, timeoutMs: 100 });
    s3.faults.push({ status: 503, code: 'SlowDown' }, 'BREAK_OFF');
    await expect(quick.get(sha256)).resolves.toHaveLength(BYTES.length);
    s3.faults.push('HANG', { status: 500, code: 'InternalError' });
    await expect(quick.put(BYTES)).resolves.toBe(sha256);
    s3.faults.push('HANG', 'HANG', 'HANG');
    await expect(quick.get(sha256)).rejects.toMatchObject({
      ...{ code: 'STORE_UNAVAILABLE', message: expect.stringContaining('100 ms') },
    });
    await s3.stop();
    await expect(quick.get(sha256)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
  });

  it('is refused at once with a wrong key, and tells neither that key nor the right one', async () => {
    const wrong = { ...location, secretAccessKey: 'a-wrong-secret-key-of-some-length' };
    const failure = await new S3ArtifactStore(wrong, PATIENCE).put(BYTES).catch((error: Error) => error);
    expect(failure).toMatchObject({
      code: 'STORE_REFUSED',
      message: expect.stringContaining('SignatureDoesNotMatch'),
    });
    expect(s3.requests).toHaveLength(1);
    expect(JSON.stringify([failure, (failure as Error).message, (failure as Error).stack])).not.toMatch(
      /secret|LOCALKEY/,
    );
  });

  it('follows no redirect: a signature is for one host', async () => {
    const trap = await startLocalS3('models');
    s3.faults.push({ redirectTo: `${trap.origin}/models/x` });
    await expect(store.get(sha256Hex(BYTES))).rejects.toMatchObject({ code: 'STORE_REFUSED' });
    expect(trap.requests).toEqual([]);
    await trap.stop();
  });
});

async function allOf<Item>(list: AsyncIterable<Item>): Promise<Item[]> {
  const items: Item[] = [];
  for await (const item of list) items.push(item);
  return items;
}
