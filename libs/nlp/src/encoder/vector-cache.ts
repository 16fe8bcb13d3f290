/** Where vectors are kept by key; a store in a database can take the place of the one in memory. */
export interface VectorCache {
  /** What is known, by key; keys that are not known are left out. */
  find(keys: readonly string[]): Promise<ReadonlyMap<string, Float32Array>>;
  keep(vectors: ReadonlyMap<string, Float32Array>): Promise<void>;
}

/**
 * Vectors in memory, the least recently used forgotten first.
 *
 * @param most vectors kept; 10,000 of 512 dimensions are 20 MB
 */
export function memoryVectorCache(most = 10_000): VectorCache {
  const kept = new Map<string, Float32Array>();
  const touch = (key: string, vector: Float32Array): void => {
    kept.delete(key);
    kept.set(key, vector);
  };
  return {
    async find(keys) {
      const found = new Map<string, Float32Array>();
      for (const key of keys) {
        const vector = kept.get(key);
        if (!vector) continue;
        touch(key, vector);
        found.set(key, vector);
      }
      return found;
    },
    async keep(vectors) {
      for (const [key, vector] of vectors) touch(key, vector);
      for (const oldest of kept.keys()) {
        if (kept.size <= most) break;
        kept.delete(oldest);
      }
    },
  };
}
