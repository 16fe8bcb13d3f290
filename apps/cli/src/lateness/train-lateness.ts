import { isLatenessArtifact, LATENESS, LEAD_TIME_FAMILY } from '@tallyhouse/forecasting';
import { FileArtifactStore, runningVersions } from '@tallyhouse/model-registry';
import type { DataSource } from 'typeorm';
import { artifactUri } from '../deploy/first-model.js';
import type { ProposableVersion } from '../governance/propose-version.js';
import { evidenceOf } from '../model/train-candidate.js';
import { latenessReportBytes, latenessWords, type LatenessReport } from './lateness-report.js';
import { learnHere, type LearningPlace } from './learn-here.js';

/** A version that can be put to the vote: artifact and report are in the store. */
export interface TrainedLateness extends ProposableVersion {
  readonly report: LatenessReport;
}

/** Learns lateness from the deliveries that are anchored now, measures it on their last year, keeps both files. */
export async function trainLateness(
  { artifactFolder }: { readonly artifactFolder: string },
  { dataSource, licence }: { readonly dataSource: DataSource; readonly licence?: string },
): Promise<TrainedLateness> {
  const { time, block, dataRoot } = await evidenceOf(dataSource);
  const store = new FileArtifactStore(artifactFolder);
  const incumbent = await runningLateness(dataSource, store);
  const { artifact, report } = await learnHere({
    ...{ dataSource, asOf: time, block, dataRoot, licence, incumbent },
  });
  const artifactSha256 = await store.put(artifact);
  return {
    ...{ family: LEAD_TIME_FAMILY, forecaster: LATENESS, artifactSha256 },
    reportSha256: await store.put(latenessReportBytes(report)),
    ...{ dataRoot, dataBlock: block, uri: artifactUri(artifactSha256) },
    ...{ summary: latenessWords(report), report },
  };
}

/** What runs; undefined where it is a model of series, or its file is not in the store, which the report then says nothing of. */
async function runningLateness(
  dataSource: DataSource,
  store: FileArtifactStore,
): Promise<LearningPlace['incumbent']> {
  const [row] = await runningVersions(dataSource, [LEAD_TIME_FAMILY]);
  if (!row || !(await store.has(row.artifactSha256))) return undefined;
  const bytes = await store.get(row.artifactSha256);
  return isLatenessArtifact(bytes) ? { sha256: row.artifactSha256, bytes } : undefined;
}
