import { Injectable } from '@nestjs/common';
import { notify } from '@tallyhouse/database';
import type { Hex } from '@tallyhouse/proofs';
import { DataSource } from 'typeorm';
import type { ArtifactStore } from '../artifacts/artifact-store.js';
import { isFileFault, ModelRegistryError } from '../model-registry.errors.js';

/** The version that the chain names for a family. */
export interface WantedVersion {
  readonly family: string;
  readonly versionId: Hex;
  readonly artifactSha256: Hex;
  readonly proposalId: string | null;
}

/** What became of a family's runtime. */
export interface SwitchOutcome extends WantedVersion {
  /** `UNREAD` when the store did not answer: the version is neither run nor refused, and is looked at again next time. */
  readonly state: 'RUNNING' | 'REFUSED' | 'UNREAD';
  /** Why it is not running. */
  readonly reason: string | null;
  /** False when nothing had to change, or nothing could be known. */
  readonly changed: boolean;
}

/** Says whether bytes are a model that this worker can run; throws with the reason when not. */
export type ArtifactCheck = (family: string, bytes: Uint8Array) => Promise<void>;

interface RuntimeRow {
  readonly wanted_version_id: string;
  readonly state: 'RUNNING' | 'REFUSED';
  readonly reason: string | null;
}

/** Makes what was voted what runs: nothing but the bytes with the voted hash ever takes over. */
@Injectable()
export class ModelSwitcher {
  public constructor(private readonly dataSource: DataSource) {}

  /**
   * Compares every family's running version with the one on chain, and switches or refuses. Safe to call at any time
   * and again: it follows the chain forward and, after a reorg, back.
   */
  public async reconcile(store: ArtifactStore, check: ArtifactCheck): Promise<SwitchOutcome[]> {
    const wanted: WantedVersion[] = await this.dataSource.query(
      `SELECT f.name AS family, a.version_id AS "versionId", a.artifact_sha256 AS "artifactSha256",
              a.proposal_id AS "proposalId"
       FROM model_active a JOIN model_family_current f ON f.family = a.family ORDER BY f.name`,
    );
    const outcomes: SwitchOutcome[] = [];
    for (const version of wanted) outcomes.push(await this.follow(version, store, check));
    return outcomes;
  }

  private async follow(
    version: WantedVersion,
    store: ArtifactStore,
    check: ArtifactCheck,
  ): Promise<SwitchOutcome> {
    const [row]: RuntimeRow[] = await this.dataSource.query(
      'SELECT wanted_version_id, state, reason FROM model_runtime WHERE family = $1',
      [version.family],
    );
    if (row?.state === 'RUNNING' && row.wanted_version_id === version.versionId) {
      return { ...version, state: 'RUNNING', reason: null, changed: false };
    }
    const file = await fileOf(version, store);
    if (file.state === 'UNREAD') return { ...version, ...file, changed: false };
    const reason = file.state === 'READ' ? await refusalOf(version, file.bytes, check) : file.reason;
    const state = reason === null ? 'RUNNING' : 'REFUSED';
    const changed =
      row?.wanted_version_id !== version.versionId || row.state !== state || row.reason !== reason;
    if (changed) await this.record(version, state, reason);
    return { ...version, state, reason, changed };
  }

  private async record(
    version: WantedVersion,
    state: 'RUNNING' | 'REFUSED',
    reason: string | null,
  ): Promise<void> {
    const running = state === 'RUNNING';
    await this.dataSource.transaction(async (manager) => {
      await manager.query(
        `INSERT INTO model_runtime (family, running_version_id, running_artifact_sha256, running_proposal_id,
                                    wanted_version_id, wanted_artifact_sha256, state, reason, since)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, clock_timestamp())
         ON CONFLICT (family) DO UPDATE SET
           running_version_id = COALESCE(EXCLUDED.running_version_id, model_runtime.running_version_id),
           running_artifact_sha256 = COALESCE(EXCLUDED.running_artifact_sha256, model_runtime.running_artifact_sha256),
           running_proposal_id = CASE WHEN $9 THEN EXCLUDED.running_proposal_id ELSE model_runtime.running_proposal_id END,
           wanted_version_id = EXCLUDED.wanted_version_id,
           wanted_artifact_sha256 = EXCLUDED.wanted_artifact_sha256,
           state = EXCLUDED.state, reason = EXCLUDED.reason, since = EXCLUDED.since`,
        [
          version.family,
          running ? version.versionId : null,
          running ? version.artifactSha256 : null,
          running ? version.proposalId : null,
          version.versionId,
          version.artifactSha256,
          state,
          reason,
          running,
        ],
      );
      await notify(manager, 'tallyhouse_model', {
        family: version.family,
        versionId: version.versionId,
        state,
      });
    });
  }
}

type FoundFile =
  | { readonly state: 'READ'; readonly bytes: Uint8Array }
  | { readonly state: 'REFUSED' | 'UNREAD'; readonly reason: string };

async function fileOf({ artifactSha256 }: WantedVersion, store: ArtifactStore): Promise<FoundFile> {
  try {
    return { state: 'READ', bytes: await store.get(artifactSha256) };
  } catch (error) {
    if (!(error instanceof ModelRegistryError)) throw error;
    const reason = `${error.code}: ${error.message}`;
    return { state: isFileFault(error) ? 'REFUSED' : 'UNREAD', reason };
  }
}

/** Why the version must not run, or null. */
async function refusalOf(
  { family }: WantedVersion,
  bytes: Uint8Array,
  check: ArtifactCheck,
): Promise<string | null> {
  try {
    await check(family, bytes);
    return null;
  } catch (error) {
    return `ARTIFACT_UNUSABLE: ${error instanceof Error ? error.message : String(error)}`;
  }
}
