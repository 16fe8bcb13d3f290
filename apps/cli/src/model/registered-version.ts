import { ANOMALY_FAMILY } from '@tallyhouse/anomalies';
import { isLatenessArtifact, LATENESS, readArtifact } from '@tallyhouse/forecasting';
import { FileArtifactStore } from '@tallyhouse/model-registry';
import type { Hex } from '@tallyhouse/proofs';
import type { DataSource } from 'typeorm';
import { TUNED } from '../anomaly/evaluate-parameters.js';
import { readAnomalyReport, reportWords } from '../anomaly/evaluation-report.js';
import { CliError } from '../cli.errors.js';
import type { ProposableVersion } from '../governance/propose-version.js';
import { latenessWords, readLatenessReport } from '../lateness/lateness-report.js';
import { demandSummary } from './demand-summary.js';
import { readReport } from './read-report.js';

/** A forecasting version, one that tells lateness, or parameters of detectors, that are on chain and not in force, as they would be proposed. */
export interface RegisteredVersion extends ProposableVersion {
  readonly versionId: Hex;
}

interface VersionRow {
  readonly versionId: Hex;
  readonly family: string;
  readonly artifactSha256: Hex;
  readonly reportSha256: Hex;
  readonly dataRoot: Hex;
  readonly dataBlock: string;
  readonly uri: string;
  readonly state: string;
}

/**
 * Finds a version by its id or the hash of its artifact.
 *
 * @throws CliError when no version has it, or it is in force already
 * @throws ModelRegistryError when the store lacks its files
 */
export async function registeredVersion(
  { artifactFolder }: { readonly artifactFolder: string },
  dataSource: DataSource,
  hash: Hex,
): Promise<RegisteredVersion> {
  const [row]: VersionRow[] = await dataSource.query(
    `SELECT version_id AS "versionId", family_name AS family, artifact_sha256 AS "artifactSha256",
       report_sha256 AS "reportSha256", data_root AS "dataRoot", data_block AS "dataBlock", uri, state
     FROM model_version_current WHERE artifact_sha256 = $1 OR version_id = $1 ORDER BY proposed_block DESC LIMIT 1`,
    [hash],
  );
  if (!row)
    throw new CliError(
      `no version has artifact or id ${hash}`,
      'put it on chain first: ./tallyhouse model train --register',
    );
  if (row.state === 'ACTIVE')
    throw new CliError(`${row.versionId} is in force already`, 'there is nothing to propose');
  const store = new FileArtifactStore(artifactFolder);
  const dataBlock = Number(row.dataBlock);
  if (row.family === ANOMALY_FAMILY) {
    const measured = readAnomalyReport(await store.get(row.reportSha256));
    const words = measured ? reportWords(measured) : 'Its report holds no evaluation.';
    return { ...row, dataBlock, forecaster: TUNED, summary: words };
  }
  const bytes = await store.get(row.artifactSha256);
  if (isLatenessArtifact(bytes)) {
    const measured = readLatenessReport(await store.get(row.reportSha256));
    const words = measured ? latenessWords(measured) : 'Its report holds no evaluation.';
    return { ...row, dataBlock, forecaster: LATENESS, summary: words };
  }
  const { forecaster } = readArtifact(bytes);
  const report = readReport(await store.get(row.reportSha256));
  const summary = report ? demandSummary(report) : 'Its report holds no backtest.';
  return { ...row, dataBlock, forecaster, summary };
}
