/** Why no bundle could be made. */
export type BundleErrorCode =
  | 'EVENT_UNKNOWN'
  | 'TEXT_UNKNOWN'
  | 'NOT_ANCHORED'
  | 'DATABASE_INCONSISTENT'
  | 'NODE_INCONSISTENT';

/** No bundle could be made; `advice` says what to do. */
export class BundleError extends Error {
  public constructor(
    public readonly code: BundleErrorCode,
    message: string,
    public readonly advice: string,
  ) {
    super(message);
    this.name = 'BundleError';
  }
}
