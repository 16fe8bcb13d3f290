import { Inject, Module, type OnModuleDestroy } from '@nestjs/common';
import { CONFIG, type Config } from '@tallyhouse/config';
import { cachedEncoder } from './encoder/cached-encoder.js';
import { configuredEncoder } from './encoder/configured-encoder.js';
import type { SentenceEncoder } from './encoder/sentence-encoder.strategy.js';
import { LabelCorrections } from './labels/label-correction.service.js';
import { TextLabelling } from './labels/text-labelling.service.js';
import { TextLabelReader } from './read/text-label.reader.js';
import { SENTENCE_ENCODER } from './encoder/sentence-encoder.token.js';
import { TextAnalysis } from './analysis/text-analysis.service.js';
import { TextEmbedding } from './analysis/text-embedding.service.js';
import { SemanticIndex } from './search/semantic-index.service.js';
import { TextSearch } from './search/text-search.service.js';
import { EventHarvest } from './texts/event-harvest.service.js';
import { TextIntake } from './texts/text-intake.service.js';
import { TopicRefresh } from './topics/topic-refresh.service.js';
import { TextSealing } from './texts/text-sealing.service.js';

const TEXT_SERVICES = [
  TextLabelling,
  LabelCorrections,
  TextLabelReader,
  EventHarvest,
  SemanticIndex,
  TextAnalysis,
  TextEmbedding,
  TextIntake,
  TextSealing,
  TextSearch,
  TopicRefresh,
];

/**
 * Vectors of texts, and the way of texts in and to the chain. The packaged encoder loads its weights when the first text
 * comes. Needs a TypeORM DataSource and the configuration in the application.
 */
@Module({
  providers: [
    {
      provide: SENTENCE_ENCODER,
      inject: [CONFIG],
      useFactory: async (config: Config) => cachedEncoder(await configuredEncoder(config)),
    },
    ...TEXT_SERVICES,
  ],
  exports: [SENTENCE_ENCODER, ...TEXT_SERVICES],
})
export class NlpModule implements OnModuleDestroy {
  public constructor(@Inject(SENTENCE_ENCODER) private readonly encoder: SentenceEncoder) {}

  public async onModuleDestroy(): Promise<void> {
    await this.encoder.close();
  }
}
