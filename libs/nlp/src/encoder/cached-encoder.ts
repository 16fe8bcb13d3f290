import { sha256Hex } from '@tallyhouse/proofs';
import type { SentenceEncoder } from './sentence-encoder.strategy.js';
import { memoryVectorCache, type VectorCache } from './vector-cache.js';

/** The key of a text's vector: which weights, and the SHA-256 of the text in UTF-8. */
export const vectorKey = (encoderId: string, text: string): string =>
  `${encoderId}:${sha256Hex(new TextEncoder().encode(text))}`;

/**
 * An encoder that asks `encoder` only for texts whose vectors it does not know, each once.
 *
 * @example
 * const encoder = cachedEncoder(packagedEncoder());
 */
export function cachedEncoder(
  encoder: SentenceEncoder,
  cache: VectorCache = memoryVectorCache(),
): SentenceEncoder {
  return {
    id: encoder.id,
    dimensions: encoder.dimensions,
    async encode(texts) {
      const keys = texts.map((text) => vectorKey(encoder.id, text));
      const known = await cache.find([...new Set(keys)]);
      const wanted = new Map<string, string>();
      keys.forEach((key, index) => {
        if (!known.has(key)) wanted.set(key, texts[index]!);
      });
      const made = await encoder.encode([...wanted.values()]);
      const fresh = new Map([...wanted.keys()].map((key, index) => [key, made[index]!]));
      if (fresh.size > 0) await cache.keep(fresh);
      return keys.map((key) => known.get(key) ?? fresh.get(key)!);
    },
    close: () => encoder.close(),
  };
}
