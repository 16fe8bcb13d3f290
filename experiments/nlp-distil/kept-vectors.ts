import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { VectorCache } from '@tallyhouse/nlp';

/** Vectors in a JSON file, key by key in base64, so that another run need not ask a slow encoder again. */
export function keptVectors(file: string): VectorCache {
  const kept = new Map<string, string>(
    existsSync(file) ? Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>) : [],
  );
  return {
    async find(keys) {
      const found = new Map<string, Float32Array>();
      for (const key of keys) {
        const text = kept.get(key);
        if (text !== undefined)
          found.set(key, new Float32Array(Uint8Array.from(Buffer.from(text, 'base64')).buffer));
      }
      return found;
    },
    async keep(vectors) {
      for (const [key, { buffer, byteOffset, byteLength }] of vectors)
        kept.set(key, Buffer.from(buffer, byteOffset, byteLength).toString('base64'));
      writeFileSync(file, JSON.stringify(Object.fromEntries(kept)));
    },
  };
}
