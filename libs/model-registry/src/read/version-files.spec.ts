import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Hex } from '@tallyhouse/proofs';
import { startLocalS3, type LocalS3 } from '@tallyhouse/testing';
import { S3ArtifactStore } from '../artifacts/s3/s3-artifact-store.js';
import { VersionFiles } from './version-files.service.js';

const BYTES = new TextEncoder().encode('a model');

describe('VersionFiles', () => {
  let server: LocalS3;
  let files: VersionFiles;
  let sha256: Hex;
  beforeEach(async () => {
    server = await startLocalS3('models');
    const place = { ...server.credentials, origin: server.origin, bucket: 'models', prefix: '' };
    const store = new S3ArtifactStore(place, { attempts: 1, timeoutMs: 10_000, pauseMs: 1 });
    files = new VersionFiles(store);
    sha256 = await store.put(BYTES);
  });
  afterEach(() => server.stop());

  it('says how long a file is that the store has unaltered', async () => {
    expect(await files.state(sha256)).toEqual({ sha256, state: 'IN_STORE', bytes: BYTES.byteLength });
    expect(await files.find(sha256)).toEqual(BYTES);
  });

  it('reads no file above the size that is wanted at most', async () => {
    expect(await files.find(sha256, BYTES.byteLength)).toEqual(BYTES);
    expect(await files.find(sha256, BYTES.byteLength - 1)).toBeNull();
    expect(await files.find(`0x${'00'.repeat(32)}`, 1)).toBeNull();
  });

  it('tells a file that is missing from one that is altered', async () => {
    const [key] = [...server.objects.keys()];
    server.objects.set(key!, Buffer.from('another'));
    expect(await files.state(sha256)).toEqual({ sha256, state: 'ALTERED', bytes: null });
    server.objects.delete(key!);
    expect(await files.state(sha256)).toEqual({ sha256, state: 'MISSING', bytes: null });
    expect(await files.find(sha256)).toBeNull();
  });

  it('calls nothing missing while the store does not answer', async () => {
    server.faults.push({ status: 503, code: 'SlowDown' });
    expect(await files.state(sha256)).toEqual({ sha256, state: 'UNREAD', bytes: null });
    expect(await files.state(sha256)).toMatchObject({ state: 'IN_STORE' });
  });
});
