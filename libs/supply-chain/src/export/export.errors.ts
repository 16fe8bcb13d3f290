/** Why no document was made. */
export type ExportErrorCode = 'EXPORT_INVALID' | 'EXPORT_TOO_LARGE';

/** A wish for an export that cannot be met. */
export class ExportError extends Error {
  public constructor(
    public readonly code: ExportErrorCode,
    message: string,
  ) {
    super(message);
    this.name = 'ExportError';
  }
}
