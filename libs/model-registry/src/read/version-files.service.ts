import { Inject, Injectable } from '@nestjs/common';
import type { Hex } from '@tallyhouse/proofs';
import type { ArtifactStore } from '../artifacts/artifact-store.js';
import { ModelRegistryError } from '../model-registry.errors.js';
import { ARTIFACT_STORE } from '../model-registry.module.js';

/** Whether the store has a file, and whether its bytes are those of the hash. */
export interface VersionFile {
  readonly sha256: string;
  readonly state: 'IN_STORE' | 'MISSING' | 'ALTERED';
  /** Null when the store lacks it. */
  readonly bytes: number | null;
}

/** Looks at the files that versions name by their hashes. */
@Injectable()
export class VersionFiles {
  public constructor(@Inject(ARTIFACT_STORE) private readonly store: ArtifactStore) {}

  /** Reads the file and hashes it: nothing is called sound that was not looked at. */
  public async state(sha256: string): Promise<VersionFile> {
    try {
      const bytes = await this.store.get(sha256 as Hex);
      return { sha256, state: 'IN_STORE', bytes: bytes.byteLength };
    } catch (error) {
      if (!(error instanceof ModelRegistryError)) throw error;
      const state = error.code === 'ARTIFACT_ALTERED' ? 'ALTERED' : 'MISSING';
      return { sha256, state, bytes: null };
    }
  }

  /** The bytes with that hash; null when the store lacks or altered them. */
  public async find(sha256: string): Promise<Uint8Array | null> {
    try {
      return await this.store.get(sha256 as Hex);
    } catch (error) {
      if (error instanceof ModelRegistryError) return null;
      throw error;
    }
  }
}
