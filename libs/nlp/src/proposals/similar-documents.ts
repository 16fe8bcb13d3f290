import { cosine, type SentenceEncoder } from '../encoder/sentence-encoder.strategy.js';

/** A document with the cosine of its meaning to another. */
export interface SimilarDocument {
  readonly id: string;
  readonly similarity: number;
}

const ENCODED_CHARACTERS = 600;

/**
 * Documents whose beginnings mean the most alike, best first.
 *
 * @throws NlpError `ENCODER_MISSING`, `ENCODER_FAILED`, `ENCODER_STOPPED`
 */
export async function similarDocuments(
  encoder: SentenceEncoder,
  asked: string,
  documents: readonly { readonly id: string; readonly text: string }[],
  first: number,
): Promise<SimilarDocument[]> {
  const cut = (text: string): string => text.slice(0, ENCODED_CHARACTERS);
  const [own, ...vectors] = await encoder.encode([cut(asked), ...documents.map(({ text }) => cut(text))]);
  return documents
    .map(({ id }, index) => ({ id, similarity: cosine(own!, vectors[index]!) }))
    .sort((a, b) => b.similarity - a.similarity || (a.id < b.id ? -1 : 1))
    .slice(0, first);
}
