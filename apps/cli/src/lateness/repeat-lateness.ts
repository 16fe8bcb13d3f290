import { readLateness, reportDifferences, type ReportDifference } from '@tallyhouse/forecasting';
import { FileArtifactStore } from '@tallyhouse/model-registry';
import { sha256Hex, type Hex } from '@tallyhouse/proofs';
import type { DataSource } from 'typeorm';
import { CliError } from '../cli.errors.js';
import { assertSameRoot, type VersionRow } from '../model/repeat-evaluation.js';
import { latenessWords, readLatenessReport, type LatenessReport } from './lateness-report.js';
import { learnHere } from './learn-here.js';

/** Nothing is random, and sums are in the same order: only another processor's logarithm may differ in the last bits. */
const TOLERANCE = 1e-6;

/** A version learned and measured again beside the one whose hashes are on chain. */
export interface RepeatedLateness {
  readonly version: VersionRow;
  readonly stated: LatenessReport;
  /** Of the files of learning again; the same where all that was learned from is here. */
  readonly learnedSha256: Hex;
  readonly differences: readonly ReportDifference[];
}

/** Learns a version of lateness again from the deliveries here up to its block, and measures it as its report says that it was measured. */
export async function repeatLateness(
  { artifactFolder }: { readonly artifactFolder: string },
  dataSource: DataSource,
  version: VersionRow,
): Promise<RepeatedLateness> {
  const store = new FileArtifactStore(artifactFolder);
  const { licence } = readLateness(await store.get(version.artifact));
  const stated = readLatenessReport(await store.get(version.report));
  const asOf = new Date(stated?.asOf ?? NaN);
  if (!stated || Number.isNaN(asOf.getTime()))
    throw new CliError(
      `the report ${version.report} is no evaluation of lateness`,
      'only reports by ./tallyhouse model train --forecaster lateness can be made again; read it with model show',
    );
  await assertSameRoot(dataSource, version, []);
  const sha256 = stated.incumbentArtifact;
  const found = await learnHere({
    ...{ dataSource, asOf, block: Number(version.dataBlock), dataRoot: version.dataRoot, licence },
    incumbent: sha256 ? { sha256, bytes: await store.get(sha256) } : undefined,
  });
  const learnedSha256 = sha256Hex(found.artifact);
  // As the report was written: what JSON has no word for is not in it.
  const plain: unknown = JSON.parse(JSON.stringify(found.report));
  return {
    ...{ version, stated, learnedSha256 },
    differences: [
      ...(learnedSha256 === version.artifact
        ? []
        : [{ path: 'artifact', stated: version.artifact, found: learnedSha256 }]),
      ...reportDifferences(stated, plain, TOLERANCE),
    ],
  };
}

/** What was stated, whether learning again gives the same file, and where figures differ. */
export function repeatedWords({ version, stated, differences }: RepeatedLateness): string {
  const head = [
    `artifact ${version.artifact}, put forward by ${version.proposer}, on data ${version.dataRoot} up to block ${version.dataBlock}`,
    latenessWords(stated),
    `report ${version.report}, tolerance ${TOLERANCE}`,
  ];
  if (differences.length === 0)
    return [...head, 'learned again: the same file; measured again: the same'].join('\n');
  const lines = differences.map(
    ({ path, stated: one, found }) =>
      `  ${path}: stated ${JSON.stringify(one)}, found ${JSON.stringify(found)}`,
  );
  return [...head, `learned and measured again: ${differences.length} differ`, ...lines].join('\n');
}
