export type ModelRegistryErrorCode =
  | 'ARTIFACT_MISSING'
  | 'ARTIFACT_ALTERED'
  | 'ARTIFACT_TOO_LARGE'
  | 'HASH_MALFORMED'
  | 'STORE_REFUSED'
  | 'STORE_UNAVAILABLE'
  | 'QUORUM_MISSED';

/** What is wrong with an artifact or a store; the message names it and what to do, and holds no key. */
export class ModelRegistryError extends Error {
  public constructor(
    public readonly code: ModelRegistryErrorCode,
    message: string,
  ) {
    super(message);
    this.name = 'ModelRegistryError';
  }
}

/** What a store says of a file that it looked for. */
export type FileFault = ModelRegistryError & { readonly code: 'ARTIFACT_MISSING' | 'ARTIFACT_ALTERED' };

/**
 * Whether the store has looked and the file is not there, or has other bytes. Any other failure, such as a store that
 * is away, says nothing of the file.
 */
export function isFileFault(error: unknown): error is FileFault {
  if (!(error instanceof ModelRegistryError)) return false;
  return error.code === 'ARTIFACT_MISSING' || error.code === 'ARTIFACT_ALTERED';
}
