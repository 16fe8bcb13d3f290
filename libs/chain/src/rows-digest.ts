import { createHash } from 'node:crypto';

/** Digest of a chain of which no row is kept yet. */
export const EMPTY_DIGEST = sha256('');

/**
 * Hash of the rows that one table holds of one block: SHA-256 over the lines that PostgreSQL's COPY gives of them in text
 * format, columns by name, rows by log index, each line ended by a line feed.
 */
export function linesHash(lines: string): string {
  return sha256(lines);
}

/**
 * Hash of all rows of one block: SHA-256 over a line `name hash` for each table that holds one, by name.
 *
 * @param hashes {@link linesHash} by table
 * @example blockRowsHash(new Map([['token_transfer', linesHash('…')]])) // 64 hexadecimal digits
 */
export function blockRowsHash(hashes: ReadonlyMap<string, string>): string {
  const names = [...hashes.keys()].sort();
  return sha256(names.map((name) => `${name} ${hashes.get(name)}\n`).join(''));
}

/**
 * Running digest over all rows of a chain: SHA-256 of the digest before the block, its number, and the hash of its rows.
 * Blocks without rows change nothing. Equal digests are equal rows.
 *
 * @example chainDigest(EMPTY_DIGEST, 7, rowsHash) // 64 hexadecimal digits
 */
export function chainDigest(before: string, blockNumber: number, rowsHash: string): string {
  return sha256(`${before} ${blockNumber} ${rowsHash}`);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
