export { nearDuplicateGroups, type NearDuplicateOptions } from './duplicates/near-duplicates.js';
export { NlpError, type NlpErrorCode } from './nlp.errors.js';
export { NlpModule, SENTENCE_ENCODER } from './nlp.module.js';
export { cosine, type SentenceEncoder } from './encoder/sentence-encoder.strategy.js';
export { packagedEncoder } from './encoder/packaged-encoder.js';
export { cachedEncoder, vectorKey } from './encoder/cached-encoder.js';
export { memoryVectorCache, type VectorCache } from './encoder/vector-cache.js';
