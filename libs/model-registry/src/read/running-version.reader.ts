import type { Hex } from '@tallyhouse/proofs';

/** The version of a family that workers run, and the vote behind it. */
export interface RunningVersion {
  readonly family: string;
  readonly versionId: Hex;
  readonly artifactSha256: Hex;
  /** Null for one set up before governance. */
  readonly proposalId: string | null;
}

/** What can be asked: a data source, or the manager of a transaction. */
interface Queryable {
  query<Rows>(sql: string, parameters: unknown[]): Promise<Rows>;
}

/** The running versions of the families named, by name; a family of which none was taken up is left out. */
export function runningVersions(
  queryable: Queryable,
  families: readonly string[],
): Promise<RunningVersion[]> {
  return queryable.query(
    `SELECT family, running_version_id AS "versionId", running_artifact_sha256 AS "artifactSha256",
            running_proposal_id AS "proposalId"
     FROM model_runtime WHERE running_version_id IS NOT NULL AND family = ANY($1) ORDER BY family`,
    [families],
  );
}
