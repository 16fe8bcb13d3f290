import type { Logger } from '@tallyhouse/config';
import type { ArtifactStore, ModelSwitcher } from '@tallyhouse/model-registry';
import type { ModelLoader } from '../models/model-loader.js';

/** Follows the votes: makes the version that the chain names the one that runs, or says why not. */
export class ModelsStage {
  public constructor(
    private readonly store: ArtifactStore,
    private readonly switcher: ModelSwitcher,
    private readonly loader: ModelLoader,
    private readonly logger: Logger,
  ) {}

  /**
   * Returns whether anything changed.
   *
   * @throws when a store does not answer for some family, after the others were followed; to be run again
   */
  public async run(): Promise<boolean> {
    const outcomes = await this.switcher.reconcile(this.store, (family, bytes) =>
      this.loader.check(family, bytes),
    );
    const changed = outcomes.filter((outcome) => outcome.changed);
    for (const outcome of changed) {
      if (outcome.state === 'RUNNING') this.logger.info({ event: 'model-switched', ...outcome });
      else this.logger.error({ event: 'model-refused', ...outcome });
    }
    const unread = outcomes.filter(({ state }) => state === 'UNREAD');
    if (unread.length > 0)
      throw new Error(unread.map(({ family, reason }) => `${family}: ${reason}`).join('; '));
    return changed.length > 0;
  }
}
