import { InvalidCursorError } from './database.errors.js';

const MAX_CURSOR_LENGTH = 512;

/** A keyset position, opaque to clients: the sort columns of the last row seen. */
export type CursorParts = readonly (string | number)[];

/**
 * Packs the sort columns of a row.
 *
 * @example encodeCursor([7, 'a']) // 'WzcsImEiXQ'
 */
export function encodeCursor(parts: CursorParts): string {
  return Buffer.from(JSON.stringify(parts), 'utf8').toString('base64url');
}

/**
 * Unpacks a cursor that a client sent back.
 *
 * @param length how many sort columns the list has
 * @throws InvalidCursorError when the text is not a cursor of that list
 */
export function decodeCursor(text: string, length: number): CursorParts {
  if (text.length > MAX_CURSOR_LENGTH) throw new InvalidCursorError();
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    throw new InvalidCursorError();
  }
  if (!Array.isArray(parts) || parts.length !== length || !parts.every(isPart))
    throw new InvalidCursorError();
  return parts;
}

function isPart(part: unknown): part is string | number {
  return typeof part === 'string' || (typeof part === 'number' && Number.isFinite(part));
}
