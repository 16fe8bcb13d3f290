import { ANOMALY_FAMILY, SHIPPED_PARAMETERS } from '@tallyhouse/anomalies';
import type { FamilySpec } from '@tallyhouse/chain';
import { FileArtifactStore } from '@tallyhouse/model-registry';
import { firstVersion } from './first-model.js';

/** The family of the parameters of anomaly detectors, with those that come with the program. */
export function anomalyFamily(artifactFolder: string): Promise<FamilySpec> {
  return firstVersion(ANOMALY_FAMILY, SHIPPED_PARAMETERS.toBytes(), new FileArtifactStore(artifactFolder));
}
