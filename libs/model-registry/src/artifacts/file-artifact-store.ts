import { randomUUID } from 'node:crypto';
import { mkdir, open, opendir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Hex } from '@tallyhouse/proofs';
import {
  altered,
  checked,
  hashOf,
  hashToStore,
  MAX_ARTIFACT_BYTES,
  missing,
  nameOf,
  type ArtifactStore,
  type KeptFile,
} from './artifact-store.js';

/** An artifact store in a folder: one file an artifact, named by its hash, checked on every read. */
export class FileArtifactStore implements ArtifactStore {
  public constructor(private readonly folder: string) {}

  public async put(bytes: Uint8Array): Promise<Hex> {
    const sha256 = hashToStore(bytes);
    if (await this.intact(sha256)) return sha256;
    await mkdir(this.folder, { recursive: true });
    const temporary = join(this.folder, `.${randomUUID()}`);
    try {
      const file = await open(temporary, 'wx');
      try {
        await file.writeFile(bytes);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(temporary, this.path(sha256));
    } finally {
      await rm(temporary, { force: true });
    }
    return sha256;
  }

  public async get(sha256: Hex): Promise<Uint8Array> {
    const path = this.path(sha256);
    const size = await stat(path).then(
      (file) => file.size,
      () => undefined,
    );
    if (size === undefined) throw missing(sha256);
    if (size > MAX_ARTIFACT_BYTES) throw altered(sha256, `its file has ${size} bytes`);
    return checked(sha256, await readFile(path));
  }

  public async has(sha256: Hex): Promise<boolean> {
    return stat(this.path(sha256)).then(
      () => true,
      () => false,
    );
  }

  public async open(sha256: Hex): Promise<KeptFile | null> {
    const file = await open(this.path(sha256), 'r').catch((error: unknown) => {
      if ((error as { code?: unknown }).code === 'ENOENT') return null;
      throw error;
    });
    if (file === null) return null;
    const { size } = await file.stat();
    return { bytes: size, stream: file.createReadStream() };
  }

  public async *list(): AsyncGenerator<Hex> {
    const folder = await opendir(this.folder).catch((error: unknown) => {
      if ((error as { code?: unknown }).code === 'ENOENT') return undefined;
      throw error;
    });
    if (!folder) return;
    for await (const { name } of folder) {
      const hash = hashOf(name);
      if (hash) yield hash;
    }
  }

  private async intact(sha256: Hex): Promise<boolean> {
    return this.get(sha256).then(
      () => true,
      () => false,
    );
  }

  private path(sha256: Hex): string {
    return join(this.folder, nameOf(sha256));
  }
}
