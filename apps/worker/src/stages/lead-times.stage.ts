import type { Logger } from '@tallyhouse/config';
import type { LeadTimeService } from '@tallyhouse/forecasting';
import type { RunningLateness } from '../models/running-lateness.js';
import type { ChainMoment } from './chain-clock.js';

/** Tells how late deliveries come, by the version in force; before any was, by trees that are grown anew each time. */
export class LeadTimesStage {
  public constructor(
    private readonly lateness: RunningLateness,
    private readonly leadTimes: LeadTimeService,
    private readonly logger: Logger,
  ) {}

  /** Does nothing where neither deliveries nor the version changed. */
  public async run({ time, block }: ChainMoment): Promise<void> {
    const version = await this.lateness.find();
    const lanes = await this.leadTimes.refresh(time, block, version);
    if (lanes !== null)
      this.logger.info({
        ...{ event: 'lead-times-made', lanes, artifactSha256: version?.artifactSha256 ?? null },
      });
  }
}
