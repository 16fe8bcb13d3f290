/** The `after` argument is not a cursor that this list handed out. */
export class InvalidCursorError extends Error {
  public readonly code = 'CURSOR_INVALID';

  public constructor() {
    super(
      'after: not a cursor of this list; pass the endCursor of the page before, unchanged, or leave it out',
    );
    this.name = 'InvalidCursorError';
  }
}
