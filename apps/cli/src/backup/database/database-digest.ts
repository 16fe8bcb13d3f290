import { createHash } from 'node:crypto';
import type { ClientBase } from 'pg';
import { carriedTables } from './carried-tables.js';
import { ContentHash, contentOf, type TableDigest } from './table-content.js';

/** What a database holds. */
export interface DatabaseDigest {
  readonly tables: readonly TableDigest[];
  readonly rows: number;
  /** SHA-256 over the tables that have rows, by name: two databases with the same contents have the same one. */
  readonly sha256: string;
}

/** Digests every table that a backup carries; rows go by here and are not kept. */
export async function digestDatabase(client: ClientBase): Promise<DatabaseDigest> {
  const tables: TableDigest[] = [];
  for (const table of await carriedTables(client)) {
    const content = new ContentHash(table);
    for await (const _ of content.through(contentOf(client, table)));
    tables.push(content.digest());
  }
  return digestOf(tables);
}

/** The digest of tables that were digested one by one. */
export function digestOf(digests: readonly TableDigest[]): DatabaseDigest {
  const tables = [...digests].sort((one, other) => (one.name < other.name ? -1 : 1));
  const hash = createHash('sha256');
  for (const { name, rows, sha256 } of tables) if (rows > 0) hash.update(`${name} ${rows} ${sha256}\n`);
  return { tables, rows: tables.reduce((sum, { rows }) => sum + rows, 0), sha256: hash.digest('hex') };
}
