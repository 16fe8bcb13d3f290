import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** A kind of model that is voted on; `id` is keccak256 of the name. */
export interface ModelFamilyRow {
  readonly id: string;
  readonly name: string;
}

/** A version that somebody put forward; `family` is the family's name. */
export interface ModelVersionRow {
  readonly id: string;
  readonly familyId: string;
  readonly family: string;
  readonly artifactSha256: string;
  readonly reportSha256: string;
  readonly dataRoot: string;
  readonly dataBlock: string;
  readonly uri: string;
  readonly proposer: string;
  readonly state: 'PROPOSED' | 'ACTIVE' | 'PREVIOUS' | 'RETIRED';
  readonly proposedBlock: string;
  readonly proposedTime: Date;
}

/** The version in force, why, and since which block; `proposalId` is null for one set up before governance. */
export interface ModelActivationRow {
  readonly familyId: string;
  readonly versionId: string;
  readonly activatedBlock: string;
  readonly activatedTime: Date;
  readonly txHash: string;
  readonly proposalId: string | null;
  readonly how: 'ACTIVATED' | 'ROLLED_BACK';
}

/** What the workers run of a family, and what they were told to run. */
export interface ModelRuntimeRow {
  readonly family: string;
  readonly runningVersionId: string | null;
  readonly runningArtifactSha256: string | null;
  readonly runningProposalId: string | null;
  readonly wantedVersionId: string;
  readonly wantedArtifactSha256: string;
  readonly state: 'RUNNING' | 'REFUSED';
  readonly reason: string | null;
  readonly since: Date;
}

const MAX_VERSIONS = 200;
const VERSION = `v.version_id AS id, v.family AS "familyId", coalesce(v.family_name, v.family) AS family,
  v.artifact_sha256 AS "artifactSha256", v.report_sha256 AS "reportSha256", v.data_root AS "dataRoot",
  v.data_block AS "dataBlock", v.uri, v.proposer, v.state, v.proposed_block AS "proposedBlock",
  v.proposed_time AS "proposedTime"`;

/** Reads what the chain says of models and what the workers made of it. */
@Injectable()
export class ModelReader {
  public constructor(private readonly dataSource: DataSource) {}

  /** Every family, by name. */
  public async families(): Promise<ModelFamilyRow[]> {
    return this.dataSource.query('SELECT family AS id, name FROM model_family_current ORDER BY name, family');
  }

  /** Versions by id, in no order; put forward twice, the last time counts. */
  public async byIds(ids: readonly string[]): Promise<ModelVersionRow[]> {
    return this.dataSource.query(
      `SELECT DISTINCT ON (v.version_id) ${VERSION} FROM model_version_current v WHERE v.version_id = ANY($1)
       ORDER BY v.version_id, v.proposed_block DESC`,
      [ids],
    );
  }

  /** The last 200 versions of each family, newest first. */
  public async ofFamilies(familyIds: readonly string[]): Promise<ModelVersionRow[]> {
    return this.dataSource.query(
      `SELECT v.* FROM unnest($1::text[]) wanted (family) CROSS JOIN LATERAL (
         SELECT ${VERSION} FROM model_version_current v WHERE v.family = wanted.family
         ORDER BY v.proposed_block DESC, v.proposed_log_index DESC LIMIT ${MAX_VERSIONS}
       ) v`,
      [familyIds],
    );
  }

  /** The version in force of each family that has one. */
  public async activations(familyIds: readonly string[]): Promise<ModelActivationRow[]> {
    return this.dataSource.query(
      `SELECT family AS "familyId", version_id AS "versionId", activated_block AS "activatedBlock",
         activated_time AS "activatedTime", tx_hash AS "txHash", proposal_id AS "proposalId", how
       FROM model_active WHERE family = ANY($1)`,
      [familyIds],
    );
  }

  /** What runs, by family name. */
  public async runtimes(families: readonly string[]): Promise<ModelRuntimeRow[]> {
    return this.dataSource.query(
      `SELECT family, running_version_id AS "runningVersionId", running_artifact_sha256 AS "runningArtifactSha256",
         running_proposal_id AS "runningProposalId", wanted_version_id AS "wantedVersionId",
         wanted_artifact_sha256 AS "wantedArtifactSha256", state, reason, since
       FROM model_runtime WHERE family = ANY($1)`,
      [families],
    );
  }
}
