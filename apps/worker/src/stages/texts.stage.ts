import type { ChainWriter } from '@tallyhouse/chain';
import type { Config, Logger } from '@tallyhouse/config';
import type { EventHarvest, TextAnalysis, TextEmbedding, TextSealing, TopicRefresh } from '@tallyhouse/nlp';

/** How long one job of the stage goes on; what is left waits for the next. */
const MAX_RUN_MS = 60_000;

export interface TextServices {
  readonly harvest: EventHarvest;
  readonly sealing: TextSealing;
  readonly analysis: TextAnalysis;
  readonly embedding: TextEmbedding;
  readonly topics: TopicRefresh;
}

/** Takes texts out of events, seals texts for the chain, and finds what they repeat, name, mean and speak of. */
export class TextsStage {
  public constructor(
    private readonly config: Config,
    private readonly writer: ChainWriter,
    private readonly services: TextServices,
    private readonly logger: Logger,
  ) {}

  /** Returns whether something is left to do or to be anchored. */
  public async run(clock: () => Date): Promise<boolean> {
    const { harvest, sealing, analysis, embedding, topics } = this.services;
    const now = clock();
    const isOver = (): boolean => clock().getTime() >= now.getTime() + MAX_RUN_MS;
    const limits = { batchSize: this.config.anchorBatchSize, maxWaitMs: this.config.anchorIntervalMs };
    const { stored } = await harvest.run(now);
    const sealed = await sealing.sealDue(this.writer.address, limits, now);
    const analysed = await untilNone(() => analysis.run(clock()), isOver);
    const encoded = await untilNone(() => embedding.run(), isOver);
    const assigned = encoded > 0 ? await topics.run(clock()) : 0;
    if (stored + sealed + analysed + encoded > 0) {
      this.logger.info({ event: 'texts-worked', harvested: stored, sealed, analysed, encoded, assigned });
    }
    return sealed > 0 || isOver();
  }
}

/** Repeats until a round finds nothing or time is up; returns the sum. */
async function untilNone(round: () => Promise<number>, isOver: () => boolean): Promise<number> {
  for (let sum = 0; ;) {
    const done = await round();
    sum += done;
    if (done === 0 || isOver()) return sum;
  }
}
