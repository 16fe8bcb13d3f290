import {
  ANOMALY_FAMILY,
  readParameters,
  SHIPPED_PARAMETERS,
  type AnomalyParameterSet,
} from '@tallyhouse/anomalies';
import { runningVersions, type ArtifactStore } from '@tallyhouse/model-registry';
import type { Hex } from '@tallyhouse/proofs';
import type { DataSource } from 'typeorm';

/** The parameters of the detectors of anomalies that were voted and taken up; before any was, those that come with the program. */
export class RunningParameters {
  private current: { readonly sha256: Hex; readonly set: AnomalyParameterSet } | undefined;

  public constructor(
    private readonly dataSource: DataSource,
    private readonly store: ArtifactStore,
  ) {}

  /** The store checks the hash of what it gives, so that what judges is what was voted. */
  public async find(): Promise<AnomalyParameterSet> {
    const [row] = await runningVersions(this.dataSource, [ANOMALY_FAMILY]);
    if (!row) return SHIPPED_PARAMETERS;
    const sha256 = row.artifactSha256;
    if (this.current?.sha256 !== sha256)
      this.current = { sha256, set: readParameters(await this.store.get(sha256)) };
    return this.current.set;
  }
}
