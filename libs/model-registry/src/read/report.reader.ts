import { Inject, Injectable } from '@nestjs/common';
import type { Hex } from '@tallyhouse/proofs';
import type { ArtifactStore } from '../artifacts/artifact-store.js';
import { ModelRegistryError } from '../model-registry.errors.js';
import { ARTIFACT_STORE } from '../model-registry.module.js';

const MAX_REPORT_BYTES = 4 * 1024 * 1024;

/** Reads evaluation reports by the hash that the chain has. */
@Injectable()
export class ReportReader {
  public constructor(@Inject(ARTIFACT_STORE) private readonly store: ArtifactStore) {}

  /**
   * The report with that SHA-256 as JSON, verified; null when the store does not have it.
   *
   * @throws ModelRegistryError `ARTIFACT_ALTERED` when the bytes kept there have another hash,
   *   `ARTIFACT_TOO_LARGE` above 4 MiB
   */
  public async find(sha256: string): Promise<unknown> {
    if (!(await this.store.has(sha256 as Hex))) return null;
    const bytes = await this.store.get(sha256 as Hex);
    if (bytes.byteLength > MAX_REPORT_BYTES) {
      throw new ModelRegistryError(
        'ARTIFACT_TOO_LARGE',
        `report ${sha256} has ${bytes.byteLength} bytes; the limit is ${MAX_REPORT_BYTES}`,
      );
    }
    return jsonOf(bytes);
  }
}

/** A report is whatever its author hashed; one that is not JSON has nothing to show. */
function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as unknown;
  } catch {
    return null;
  }
}
