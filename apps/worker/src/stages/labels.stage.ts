import type { Logger } from '@tallyhouse/config';
import type { ArtifactStore } from '@tallyhouse/model-registry';
import { INCIDENT_TEXT, textModelFrom, type RunningTextModel, type TextLabelling } from '@tallyhouse/nlp';
import type { Hex } from '@tallyhouse/proofs';
import type { DataSource } from 'typeorm';

interface RuntimeRow {
  readonly versionId: string;
  readonly artifactSha256: Hex;
  readonly proposalId: string | null;
}

/** Labels texts by the text model that was voted, and by no other. */
export class LabelsStage {
  private running: RunningTextModel | undefined;

  public constructor(
    private readonly dataSource: DataSource,
    private readonly store: ArtifactStore,
    private readonly labelling: TextLabelling,
    private readonly logger: Logger,
  ) {}

  public async run(now: () => Date): Promise<void> {
    const running = await this.voted();
    if (!running) return;
    const labelled = await this.labelling.labelWaiting(running, now);
    if (labelled > 0) this.logger.info({ event: 'texts-labelled', labelled, versionId: running.versionId });
  }

  private async voted(): Promise<RunningTextModel | undefined> {
    const [row]: RuntimeRow[] = await this.dataSource.query(
      `SELECT running_version_id AS "versionId", running_artifact_sha256 AS "artifactSha256",
              running_proposal_id AS "proposalId"
       FROM model_runtime WHERE family = $1 AND running_version_id IS NOT NULL`,
      [INCIDENT_TEXT],
    );
    if (!row) return undefined;
    const { artifactSha256 } = row;
    if (this.running?.versionId === row.versionId && this.running.artifactSha256 === artifactSha256)
      return this.running;
    this.running = { ...row, model: textModelFrom(await this.store.get(artifactSha256)) };
    return this.running;
  }
}
