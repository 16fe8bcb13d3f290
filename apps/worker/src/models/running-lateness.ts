import {
  isLatenessArtifact,
  LEAD_TIME_FAMILY,
  readLateness,
  type VotedLateness,
} from '@tallyhouse/forecasting';
import { runningVersions, type ArtifactStore } from '@tallyhouse/model-registry';
import type { Hex } from '@tallyhouse/proofs';
import type { DataSource } from 'typeorm';

/** What tells lateness by vote: the version of the family that was taken up, unless that is a model of series. */
export class RunningLateness {
  private current: { readonly sha256: Hex; readonly voted: VotedLateness | undefined } | undefined;

  public constructor(
    private readonly dataSource: DataSource,
    private readonly store: ArtifactStore,
  ) {}

  /** The store checks the hash of what it gives, so that what tells is what was voted. */
  public async find(): Promise<VotedLateness | undefined> {
    const [row] = await runningVersions(this.dataSource, [LEAD_TIME_FAMILY]);
    if (!row) return undefined;
    const { artifactSha256: sha256 } = row;
    if (this.current?.sha256 !== sha256) this.current = { sha256, voted: await this.open(sha256) };
    return this.current.voted;
  }

  private async open(artifactSha256: Hex): Promise<VotedLateness | undefined> {
    const bytes = await this.store.get(artifactSha256);
    return isLatenessArtifact(bytes) ? { artifactSha256, learned: readLateness(bytes) } : undefined;
  }
}
