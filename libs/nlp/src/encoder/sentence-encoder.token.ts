/** Injection token of the process's SentenceEncoder. */
export const SENTENCE_ENCODER = Symbol('SENTENCE_ENCODER');
