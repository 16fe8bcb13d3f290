import type { FamilySpec } from '@tallyhouse/chain';
import { artifactOf } from '@tallyhouse/forecasting';
import { FileArtifactStore } from '@tallyhouse/model-registry';

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
  const artifactSha256 = await store.put(artifact);
  const reportSha256 = await store.put(new TextEncoder().encode(REPORT));
  const uri = artifactUri(artifactSha256);
  return { name: 'demand', genesis: { artifactSha256, reportSha256, dataRoot: NO_DATA, dataBlock: 0, uri } };
}

/** Where an artifact is found: by its hash, in whatever store the reader has. */
export function artifactUri(sha256: string): string {
  return `urn:sha256:${sha256.slice(2)}`;
}
