import type { Logger } from '@tallyhouse/config';
import type { RunningTextModelReader, TextLabelling } from '@tallyhouse/nlp';

/** Labels texts by the text model that was voted, and by no other. */
export class LabelsStage {
  public constructor(
    private readonly models: RunningTextModelReader,
    private readonly labelling: TextLabelling,
    private readonly logger: Logger,
  ) {}

  public async run(now: () => Date): Promise<void> {
    const running = await this.models.find();
    if (!running) return;
    const labelled = await this.labelling.labelWaiting(running, now);
    if (labelled > 0) this.logger.info({ event: 'texts-labelled', labelled, versionId: running.versionId });
  }
}
