import { resolve } from 'node:path';
import type { Config } from '@tallyhouse/config';
import type { ArtifactStore } from './artifact-store.js';
import { FileArtifactStore } from './file-artifact-store.js';
import { S3ArtifactStore } from './s3/s3-artifact-store.js';

/** A store and what people call it: `file`, or host and bucket. */
export interface NamedStore {
  readonly name: string;
  readonly store: ArtifactStore;
}

/**
 * Every store that the configuration names, in its order. Nothing is asked of them here.
 *
 * @param folder of the store that is called `file`
 */
export function openStores({ stores }: Config['artifacts'], folder: string): NamedStore[] {
  return stores.map((each) => {
    if (each.kind === 'file') return { name: 'file', store: new FileArtifactStore(resolve(folder)) };
    const { origin, bucket, prefix } = each;
    return {
      name: `${new URL(origin).host}/${bucket}/${prefix}`.replace(/\/$/, ''),
      store: new S3ArtifactStore(each),
    };
  });
}
