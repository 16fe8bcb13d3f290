export type ModelRegistryErrorCode =
  'ARTIFACT_MISSING' | 'ARTIFACT_ALTERED' | 'ARTIFACT_TOO_LARGE' | 'HASH_MALFORMED';

/** What is wrong with an artifact; the message names its hash and what to do. */
export class ModelRegistryError extends Error {
  public constructor(
    public readonly code: ModelRegistryErrorCode,
    message: string,
  ) {
    super(message);
    this.name = 'ModelRegistryError';
  }
}
