import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256Hex, type Hex } from '@tallyhouse/proofs';
import { ModelRegistryError } from '../model-registry.errors.js';

const MAX_ARTIFACT_BYTES = 256 * 1024 * 1024;

/** Keeps model artifacts and evaluation reports by the SHA-256 of their bytes. */
export interface ArtifactStore {
  /** Stores bytes and returns their SHA-256; storing the same bytes again changes nothing. */
  put(bytes: Uint8Array): Promise<Hex>;
  /**
   * Bytes whose SHA-256 is `sha256`.
   *
   * @throws ModelRegistryError `ARTIFACT_MISSING`, or `ARTIFACT_ALTERED` when what is kept there has another hash
   */
  get(sha256: Hex): Promise<Uint8Array>;
  has(sha256: Hex): Promise<boolean>;
  /**
   * What is kept under that hash as it lies there, for who hashes it themselves; nothing of it is checked here and none
   * of it is held in memory. Null when nothing is kept. The caller reads the stream to its end or destroys it.
   *
   * @throws ModelRegistryError `HASH_MALFORMED`
   */
  open(sha256: Hex): Promise<KeptFile | null>;
}

/** A file of the store, unchecked. */
export interface KeptFile {
  readonly bytes: number;
  readonly stream: Readable;
}

/** An artifact store in a folder: one file an artifact, named by its hash, checked on every read. */
export class FileArtifactStore implements ArtifactStore {
  public constructor(private readonly folder: string) {}

  public async put(bytes: Uint8Array): Promise<Hex> {
    if (bytes.byteLength > MAX_ARTIFACT_BYTES) {
      throw new ModelRegistryError(
        'ARTIFACT_TOO_LARGE',
        `artifact of ${bytes.byteLength} bytes: the limit is ${MAX_ARTIFACT_BYTES}; make the model smaller`,
      );
    }
    const sha256 = sha256Hex(bytes);
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
    if (size === undefined) {
      throw new ModelRegistryError(
        'ARTIFACT_MISSING',
        `no artifact ${sha256} in the store; copy the file there and try again`,
      );
    }
    if (size > MAX_ARTIFACT_BYTES) throw altered(sha256, `a file of ${size} bytes`);
    const bytes = await readFile(path);
    const actual = sha256Hex(bytes);
    if (actual !== sha256) throw altered(sha256, actual);
    return bytes;
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

  private async intact(sha256: Hex): Promise<boolean> {
    return this.get(sha256).then(
      () => true,
      () => false,
    );
  }

  private path(sha256: Hex): string {
    if (!/^0x[0-9a-f]{64}$/.test(sha256)) {
      throw new ModelRegistryError(
        'HASH_MALFORMED',
        'sha256: expected 0x and 64 lower-case hexadecimal digits',
      );
    }
    return join(this.folder, sha256.slice(2));
  }
}

function altered(expected: Hex, found: string): ModelRegistryError {
  return new ModelRegistryError(
    'ARTIFACT_ALTERED',
    `artifact ${expected} was altered: its bytes have SHA-256 ${found}; put the original file back`,
  );
}
