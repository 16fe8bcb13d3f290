import { Inject, Injectable } from '@nestjs/common';
import type { Hex } from '@tallyhouse/proofs';
import type { ArtifactStore } from '../artifacts/artifact-store.js';
import { isFileFault, ModelRegistryError } from '../model-registry.errors.js';
import { ARTIFACT_STORE } from '../model-registry.module.js';

/** Whether the store has a file, and whether its bytes are those of the hash; `UNREAD` when it does not answer. */
export interface VersionFile {
  readonly sha256: string;
  readonly state: 'IN_STORE' | 'MISSING' | 'ALTERED' | 'UNREAD';
  /** Null unless it is in the store. */
  readonly bytes: number | null;
}

/** Looks at the files that a model version names by hash. */
@Injectable()
export class VersionFiles {
  public constructor(@Inject(ARTIFACT_STORE) private readonly store: ArtifactStore) {}

  /** Reads the file and hashes it: nothing is called sound that was not looked at, and nothing missing either. */
  public async state(sha256: string): Promise<VersionFile> {
    try {
      const bytes = await this.store.get(sha256 as Hex);
      return { sha256, state: 'IN_STORE', bytes: bytes.byteLength };
    } catch (error) {
      if (!(error instanceof ModelRegistryError)) throw error;
      return { sha256, state: isFileFault(error) ? FAULT_STATE[error.code] : 'UNREAD', bytes: null };
    }
  }

  /**
   * The bytes with that hash; null when they cannot be had, and {@link state} says why.
   *
   * @param most a file of more bytes is not read, and null too
   */
  public async find(sha256: string, most = Infinity): Promise<Uint8Array | null> {
    try {
      if (most < Infinity && (await this.size(sha256)) > most) return null;
      return await this.store.get(sha256 as Hex);
    } catch (error) {
      if (error instanceof ModelRegistryError) return null;
      throw error;
    }
  }

  private async size(sha256: string): Promise<number> {
    const kept = await this.store.open(sha256 as Hex);
    kept?.stream.destroy();
    return kept?.bytes ?? 0;
  }
}

const FAULT_STATE = { ARTIFACT_MISSING: 'MISSING', ARTIFACT_ALTERED: 'ALTERED' } as const;
