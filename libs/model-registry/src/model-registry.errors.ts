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
