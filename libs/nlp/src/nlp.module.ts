import { Inject, Module, type OnModuleDestroy } from '@nestjs/common';
import { cachedEncoder } from './encoder/cached-encoder.js';
import { packagedEncoder } from './encoder/packaged-encoder.js';
import type { SentenceEncoder } from './encoder/sentence-encoder.strategy.js';

/** Injection token of the process's SentenceEncoder. */
export const SENTENCE_ENCODER = Symbol('SENTENCE_ENCODER');

/** Vectors of texts. The encoder loads its weights when the first text comes. */
@Module({
  providers: [{ provide: SENTENCE_ENCODER, useFactory: () => cachedEncoder(packagedEncoder()) }],
  exports: [SENTENCE_ENCODER],
})
export class NlpModule implements OnModuleDestroy {
  public constructor(@Inject(SENTENCE_ENCODER) private readonly encoder: SentenceEncoder) {}

  public async onModuleDestroy(): Promise<void> {
    await this.encoder.close();
  }
}
