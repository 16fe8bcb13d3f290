import {
  ANOMALY_FAMILY,
  fileFigures,
  SHIPPED_PARAMETERS,
  type AnomalyParameterSet,
} from '@tallyhouse/anomalies';
import { FileArtifactStore } from '@tallyhouse/model-registry';
import { canonicalJson, type Hex, type JsonObject } from '@tallyhouse/proofs';
import type { DataSource } from 'typeorm';
import { artifactUri } from '../deploy/first-model.js';
import type { ProposableVersion } from '../governance/propose-version.js';
import { evidenceOf } from '../model/train-candidate.js';
import { anomalyReport, reportWords, type AnomalyReport, type FilesCompared } from './evaluation-report.js';
import { labelFigures } from './label-figures.js';
import { readLabelledFolder, type FolderOptions } from './labelled-folder.js';
import { openParameters, parametersInForce } from './parameter-file.js';

/** Files of an evaluation, and what they say in words. */
export type EvaluatedParameters = Pick<ProposableVersion, 'artifactSha256' | 'reportSha256' | 'summary'>;

/** What voters read of parameters as the kind of model. */
export const TUNED = 'tuned detectors';

/** Holds a file against the parameters of the program, on labelled files alone. */
export async function evaluateAlone(
  file: string,
  artifactFolder: string,
  folder: FolderOptions | undefined,
): Promise<EvaluatedParameters> {
  const candidate = await openParameters(file, undefined);
  const files = folder ? await compared(candidate, SHIPPED_PARAMETERS, folder) : null;
  return kept(
    artifactFolder,
    candidate,
    anomalyReport(candidate, SHIPPED_PARAMETERS, { files, labels: null }),
  );
}

/** Holds a file or an artifact of the store against the parameters in force, on what people labelled and on labelled files. */
export async function evaluateHere(
  fileOrHash: string,
  place: {
    readonly context: { readonly artifactFolder: string };
    readonly dataSource: DataSource;
    readonly folder?: FolderOptions | undefined;
  },
): Promise<ProposableVersion> {
  const { dataSource, folder } = place;
  const { artifactFolder } = place.context;
  const candidate = await openParameters(fileOrHash, artifactFolder);
  const incumbent = await parametersInForce(dataSource, artifactFolder);
  const { dataRoot, block: dataBlock, time } = await evidenceOf(dataSource);
  const files = folder ? await compared(candidate, incumbent, folder) : null;
  const labels = await labelFigures(dataSource, { candidate, incumbent }, time);
  const evaluated = await kept(
    artifactFolder,
    candidate,
    anomalyReport(candidate, incumbent, { files, labels }),
  );
  return {
    ...{ family: ANOMALY_FAMILY, forecaster: TUNED, dataRoot, dataBlock },
    ...{ ...evaluated, uri: artifactUri(evaluated.artifactSha256) },
  };
}

async function compared(
  candidate: AnomalyParameterSet,
  incumbent: AnomalyParameterSet,
  options: FolderOptions,
): Promise<FilesCompared> {
  const files = await readLabelledFolder(options);
  return {
    files: files.length,
    rows: files.reduce((sum, { file }) => sum + file.values.length, 0),
    windows: files.reduce((sum, { windows }) => sum + windows.length, 0),
    candidate: fileFigures(candidate, files),
    incumbent: fileFigures(incumbent, files),
  };
}

async function kept(
  artifactFolder: string,
  candidate: AnomalyParameterSet,
  report: AnomalyReport,
): Promise<EvaluatedParameters> {
  const store = new FileArtifactStore(artifactFolder);
  const artifactSha256: Hex = await store.put(candidate.toBytes());
  const bytes = new TextEncoder().encode(canonicalJson(report as unknown as JsonObject));
  return { artifactSha256, reportSha256: await store.put(bytes), summary: reportWords(report) };
}
