import { Inject, Injectable } from '@nestjs/common';
import { ARTIFACT_STORE, runningVersions, type ArtifactStore } from '@tallyhouse/model-registry';
import { DataSource } from 'typeorm';
import { INCIDENT_TEXT } from '../artifact/manifest.js';
import { textModelFrom } from '../artifact/text-artifact.js';
import type { RunningTextModel } from './text-labelling.service.js';

/** Reads the text model that runs, by the version that was voted and no other; kept until another is voted. */
@Injectable()
export class RunningTextModelReader {
  private kept: RunningTextModel | undefined;

  public constructor(
    private readonly dataSource: DataSource,
    @Inject(ARTIFACT_STORE) private readonly store: ArtifactStore,
  ) {}

  /**
   * The running model, or undefined while no text model was voted.
   *
   * @throws ModelRegistryError when its artifact is missing or altered
   */
  public async find(): Promise<RunningTextModel | undefined> {
    const [row] = await runningVersions(this.dataSource, [INCIDENT_TEXT]);
    if (!row) return undefined;
    const { versionId, artifactSha256 } = row;
    if (this.kept?.versionId !== versionId || this.kept.artifactSha256 !== artifactSha256) {
      this.kept = { ...row, model: textModelFrom(await this.store.get(artifactSha256)) };
    }
    return this.kept;
  }
}
