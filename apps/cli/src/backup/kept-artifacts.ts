import { FileArtifactStore, isFileFault, type ArtifactStore } from '@tallyhouse/model-registry';

/** The store of model files as a backup sees it; hashes are SHA-256 in hexadecimal digits, without 0x. */
export interface KeptArtifacts {
  /** What lies there, whether the database names it or not. */
  list(): Promise<readonly string[]>;
  /** Null for what is not there, or is no longer what it was. */
  get(sha256: string): Promise<Uint8Array | null>;
  put(bytes: Uint8Array): Promise<void>;
}

/** Model files of a folder. */
export function artifactsIn(folder: string): KeptArtifacts {
  return artifactsOf(new FileArtifactStore(folder));
}

/** Model files of a store. One that does not answer is a failure: what it holds is not taken for missing. */
export function artifactsOf(store: ArtifactStore): KeptArtifacts {
  return {
    list: async () => {
      const found: string[] = [];
      for await (const sha256 of store.list()) found.push(sha256.slice(2));
      return found;
    },
    get: (sha256) =>
      store.get(`0x${sha256}`).catch((error: unknown) => {
        if (isFileFault(error)) return null;
        throw error;
      }),
    put: async (bytes) => {
      await store.put(bytes);
    },
  };
}
