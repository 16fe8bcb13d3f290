import type { FamilySpec } from '@tallyhouse/chain';
import { artifactOf } from '@tallyhouse/forecasting';
import { FileArtifactStore } from '@tallyhouse/model-registry';
import { FSIS_RECALL_REASONS, guideModel, INCIDENT_TEXT, textModelArtifact } from '@tallyhouse/nlp';

const NO_DATA = `0x${'00'.repeat(32)}` as const;
const REPORT =
  '{"format":"tallyhouse-report/1","note":"first version, accepted at deployment; nothing was measured"}';

/** The demand family with the model that every Tallyhouse begins with, seasonal naive by weeks; its file is in the store. */
export async function demandFamily(artifactFolder: string): Promise<FamilySpec> {
  const store = new FileArtifactStore(artifactFolder);
  const artifact = artifactOf({
    family: 'demand',
    forecaster: 'seasonal-naive',
    config: { lowerBound: 0 },
    featureSpec: { measure: 'DEMAND', frequency: 'weekly' },
    dataRoot: null,
    dataBlock: null,
  });
  return firstVersion('demand', artifact, store);
}

/** The family of text labels with a model that knows the reasons of recalls by their meaning alone. */
export async function incidentTextFamily(artifactFolder: string): Promise<FamilySpec> {
  const artifact = textModelArtifact(guideModel(FSIS_RECALL_REASONS), { dataRoot: null, dataBlock: null });
  return firstVersion(INCIDENT_TEXT, artifact, new FileArtifactStore(artifactFolder));
}

/** A family with a first version that nobody voted on; both files are put into the store. */
export async function firstVersion(
  name: string,
  artifact: Uint8Array,
  store: FileArtifactStore,
): Promise<FamilySpec> {
  const artifactSha256 = await store.put(artifact);
  const reportSha256 = await store.put(new TextEncoder().encode(REPORT));
  const uri = artifactUri(artifactSha256);
  return { name, genesis: { artifactSha256, reportSha256, dataRoot: NO_DATA, dataBlock: 0, uri } };
}

/** Where an artifact is found: by its hash, in whatever store the reader has. */
export function artifactUri(sha256: string): string {
  return `urn:sha256:${sha256.slice(2)}`;
}
