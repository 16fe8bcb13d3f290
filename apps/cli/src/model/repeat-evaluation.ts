import { openEngine } from '@tallyhouse/compute';
import {
  outlookOf,
  PanelRepository,
  readArtifact,
  reportDifferences,
  rootWithStatements,
  StatementRepository,
  STOCK_OUT,
  takenCovariates,
  type ArtifactManifest,
  type CovariateStatement,
  type EvaluationReport,
  type Outlook,
  type TakenCovariates,
  type ReportDifference,
} from '@tallyhouse/forecasting';
import { FileArtifactStore } from '@tallyhouse/model-registry';
import type { Hex } from '@tallyhouse/proofs';
import type { DataSource } from 'typeorm';
import { CliError } from '../cli.errors.js';
import { candidateOf, evaluateDemand, HORIZON, incumbentOf, learnsNetwork } from './evaluate-demand.js';
import { readReport } from './read-report.js';

/** What a version is, as the chain and its own file say. */
export interface EvaluatedVersion {
  readonly artifactSha256: Hex;
  readonly bytes: number;
  readonly forecaster: string;
  /** SPDX id; undefined where the file states none. */
  readonly licence: string | undefined;
  /** Who put it forward. */
  readonly proposer: Hex;
  readonly dataRoot: Hex;
  readonly dataBlock: string;
}

/** An evaluation made again beside the one whose hash is on chain. */
export interface RepeatedEvaluation {
  readonly version: EvaluatedVersion;
  readonly reportSha256: Hex;
  readonly tolerance: number;
  /** Figures and settings compared. */
  readonly stated: EvaluationReport;
  readonly differences: readonly ReportDifference[];
}

/** A version as the chain has it. */
export interface VersionRow {
  readonly artifact: Hex;
  readonly report: Hex;
  readonly dataRoot: Hex;
  readonly dataBlock: string;
  readonly proposer: Hex;
}

/** Measures a version again on the data here, as its report says that it was measured. */
export async function repeatEvaluation(
  { artifactFolder }: { readonly artifactFolder: string },
  dataSource: DataSource,
  hash: Hex,
): Promise<RepeatedEvaluation> {
  const version = await versionOf(dataSource, hash);
  const store = new FileArtifactStore(artifactFolder);
  const stated = readReport(await store.get(version.report));
  if (!stated) throw notRepeatable(version.report, 'not the form tallyhouse-evaluation/1');
  const bytes = await store.get(version.artifact);
  const artifact = readArtifact(bytes);
  const statements = await statementsOf(dataSource, artifact);
  await assertSameRoot(dataSource, version, statements);
  const [label] = Object.keys(stated.models).filter((name) => name === `candidate ${artifact.forecaster}`);
  if (label === undefined) throw notRepeatable(version.report, `no figures of ${artifact.forecaster}`);
  const asOf = new Date(stated.asOf ?? NaN);
  if (Number.isNaN(asOf.getTime()))
    throw notRepeatable(version.report, 'no time as of which it was measured');
  const request = { ...artifact.featureSpec, asOf, statementsUpTo: statements.at(-1)?.seq ?? 0 };
  const dated = await new PanelRepository(dataSource).anchoredPanel(request, Number(version.dataBlock));
  if (!dated)
    throw new CliError('there are no complete periods up to then', 'capture the events it was measured on');
  const outlook = (taken: TakenCovariates): Outlook =>
    outlookOf(dated, statements, { taken, now: asOf, steps: HORIZON });
  const taken = takenCovariates(artifact);
  const told = taken && outlook(taken);
  const engine = await openEngine({ device: process.env['TALLYHOUSE_DEVICE'] });
  try {
    const running = stated.comparison?.incumbentArtifact as Hex | undefined;
    const found = await evaluateDemand(dated.panel, {
      ...{ asOf, dataRoot: version.dataRoot, seed: stated.seed, engine },
      learnsNetwork: learnsNetwork(artifact.forecaster, artifact.config['network'] !== undefined),
      ...(told ? { outlook: told } : {}),
      stockOuts: dated.stockOuts,
      candidate: candidateOf(artifact, label, told),
      incumbent: running ? await incumbentOf(running, await store.get(running), engine, outlook) : undefined,
    });
    const tolerance = stated.tolerance ?? 0;
    // As the report was written: what JSON has no word for is not in it.
    const plain: unknown = JSON.parse(JSON.stringify(found));
    const differences = reportDifferences(stated, plain, tolerance);
    return {
      version: versionWords(version, bytes, artifact),
      ...{ reportSha256: version.report, tolerance, stated, differences },
    };
  } finally {
    await engine.close();
  }
}

function versionWords(
  { artifact, proposer, dataRoot, dataBlock }: VersionRow,
  { byteLength: bytes }: Uint8Array,
  { forecaster, licence }: ArtifactManifest,
): EvaluatedVersion {
  return { artifactSha256: artifact, bytes, forecaster, licence, proposer, dataRoot, dataBlock };
}

/**
 * Finds a version by its id, its artifact or its report.
 *
 * @throws CliError where there is none
 */
export async function versionOf(dataSource: DataSource, hash: Hex): Promise<VersionRow> {
  const [version]: VersionRow[] = await dataSource.query(
    `SELECT artifact_sha256 AS artifact, report_sha256 AS report, data_root AS "dataRoot", data_block AS "dataBlock",
       proposer
     FROM model_version_current WHERE artifact_sha256 = $1 OR version_id = $1 OR report_sha256 = $1
     ORDER BY proposed_block DESC LIMIT 1`,
    [hash],
  );
  if (version) return version;
  throw new CliError(
    `no version has artifact, report or id ${hash}`,
    'copy the artifact hash from the proposal, or from { models { versions { artifactSha256 } } }',
  );
}

/** What partners had said when a version was trained: all of it for one that takes covariates, for others what they said of stock-outs. */
async function statementsOf(
  dataSource: DataSource,
  artifact: ArtifactManifest,
): Promise<CovariateStatement[]> {
  const { statementsUpTo: upTo } = artifact.config;
  if (typeof upTo !== 'number') return [];
  const range = takenCovariates(artifact) ? { upTo } : { upTo, names: [STOCK_OUT] };
  return new StatementRepository(dataSource).read(range);
}

/** Another root means other events or statements: figures of these would say nothing of the report. */
export async function assertSameRoot(
  dataSource: DataSource,
  { dataRoot, dataBlock }: VersionRow,
  statements: readonly CovariateStatement[],
): Promise<void> {
  const rows: { root: Hex }[] = await dataSource.query(
    'SELECT root FROM trace_anchored WHERE block_number <= $1 ORDER BY block_number, log_index',
    [dataBlock],
  );
  const roots = rows.map(({ root }) => root);
  const here = roots.length === 0 ? 'none' : rootWithStatements(roots, statements);
  if (here === dataRoot) return;
  throw new CliError(
    `the data root up to block ${dataBlock} is ${here} here, the version states ${dataRoot}`,
    'index the chain of the version from its first block: ./tallyhouse reindex; a version that knew of covariates or stock-outs also needs all that partners had said of them',
  );
}

function notRepeatable(sha256: Hex, why: string): CliError {
  return new CliError(
    `the report ${sha256} has ${why}`,
    'only evaluations by ./tallyhouse model train can be made again; read it with model show',
  );
}
