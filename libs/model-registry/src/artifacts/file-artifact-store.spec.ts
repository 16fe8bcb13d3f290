import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sha256Hex } from '@tallyhouse/proofs';
import { FileArtifactStore } from './file-artifact-store.js';

describe('FileArtifactStore', () => {
  let folder: string;
  let store: FileArtifactStore;
  const bytes = new TextEncoder().encode('a model');

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'artifacts-'));
    store = new FileArtifactStore(folder);
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('gives back what was put under its SHA-256', async () => {
    const sha256 = await store.put(bytes);
    expect(sha256).toBe(sha256Hex(bytes));
    expect(Buffer.from(await store.get(sha256)).toString()).toBe('a model');
    await store.put(bytes);
    expect(await readdir(folder)).toHaveLength(1);
  });

  it('refuses an artifact that differs by one byte and heals it when the original is put again', async () => {
    const sha256 = await store.put(bytes);
    const changed = Uint8Array.from(bytes);
    changed[0]! ^= 1;
    await writeFile(join(folder, sha256.slice(2)), changed);
    await expect(store.get(sha256)).rejects.toMatchObject({ code: 'ARTIFACT_ALTERED' });
    await store.put(bytes);
    await expect(store.get(sha256)).resolves.toHaveLength(bytes.length);
  });

  it('streams what lies there for who hashes it, altered or not', async () => {
    const sha256 = await store.put(bytes);
    await writeFile(join(folder, sha256.slice(2)), 'another model');
    const kept = await store.open(sha256);
    expect(kept?.bytes).toBe(13);
    expect(Buffer.concat(await kept!.stream.toArray()).toString()).toBe('another model');
    expect(await store.open(sha256Hex(new Uint8Array([1])))).toBeNull();
    await expect(store.open('0x../../etc/passwd')).rejects.toMatchObject({ code: 'HASH_MALFORMED' });
  });

  it('says that an artifact is missing', async () => {
    await expect(store.get(sha256Hex(bytes))).rejects.toMatchObject({ code: 'ARTIFACT_MISSING' });
  });

  it('lists what it keeps, and nothing else that lies in the folder', async () => {
    expect(await allOf(new FileArtifactStore(join(folder, 'not-yet')).list())).toEqual([]);
    const sha256 = await store.put(bytes);
    await writeFile(join(folder, 'notes.txt'), 'mine');
    expect(await allOf(store.list())).toEqual([sha256]);
  });

  it('refuses a name that could leave the folder', async () => {
    await expect(store.get('0x../../etc/passwd')).rejects.toMatchObject({ code: 'HASH_MALFORMED' });
  });
});

async function allOf<Item>(list: AsyncIterable<Item>): Promise<Item[]> {
  const items: Item[] = [];
  for await (const item of list) items.push(item);
  return items;
}
