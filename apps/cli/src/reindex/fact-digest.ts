import { createHash } from 'node:crypto';
import type { ClientBase } from 'pg';

/** What the facts of one table come to. */
export interface TableDigest {
  readonly name: string;
  readonly rows: number;
  /** Running SHA-256 over the table's blocks. */
  readonly digest: string;
}

/** What the facts of a chain up to some block come to; equal digests are equal rows. */
export interface FactDigest {
  readonly rows: number;
  /** Running SHA-256 over all blocks: of the digest before, the number, and the hash of the block's rows. */
  readonly digest: string;
  readonly tables: readonly TableDigest[];
  /** Hash of the rows of each block with facts, ascending by number. */
  readonly blocks: ReadonlyMap<number, string>;
}

interface Part {
  readonly block: string;
  readonly name: string;
  readonly rows: number;
  readonly digest: string;
}

const POSITION = ['chain_id', 'block_number', 'log_index', 'block_hash', 'tx_hash', 'block_time'];

/** Every table of facts of a database, with its columns by name: the order in which they were made does not count. */
export async function factTables(client: ClientBase): Promise<Map<string, string[]>> {
  const { rows } = await client.query<{ name: string; columns: string[] }>(
    `SELECT table_name AS name, array_agg(column_name::text ORDER BY column_name) AS columns
     FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
     WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' GROUP BY 1
     HAVING array_agg(column_name::text) @> $1::text[] ORDER BY 1`,
    [POSITION],
  );
  return new Map(rows.map(({ name, columns }) => [name, columns]));
}

/** Digests the facts of a chain up to a block, that one with them. */
export async function digestFacts(client: ClientBase, chainId: number, upTo: number): Promise<FactDigest> {
  await client.query(`SET timezone = 'UTC'; SET datestyle = 'ISO'`);
  const tables = await factTables(client);
  const { rows } = await client.query<Part>(digestSql(client, tables), [chainId, upTo]);
  const blocks = new Map<number, string>();
  let digest = sha256('');
  for (const [number, parts] of byKey(rows, ({ block }) => Number(block))) {
    const ofBlock = sha256(parts.map((part) => `${part.name} ${part.digest}\n`).join(''));
    blocks.set(number, ofBlock);
    digest = sha256(`${digest} ${number} ${ofBlock}`);
  }
  const ofTable = byKey(rows, ({ name }) => name);
  return {
    rows: total(rows),
    digest,
    tables: [...tables.keys()].map((name) => tableDigest(name, ofTable.get(name) ?? [])),
    blocks,
  };
}

/** Hashes in the database, so that rows need not travel; one line for each table of each block. */
function digestSql(client: ClientBase, tables: ReadonlyMap<string, readonly string[]>): string {
  const facts = [...tables].map(([name, columns]) => {
    const cells = columns.map((column) => client.escapeIdentifier(column)).join(', ');
    return `SELECT ${client.escapeLiteral(name)} AS name, block_number, log_index, ROW(${cells})::text AS cells
      FROM ${client.escapeIdentifier(name)} WHERE chain_id = $1 AND block_number <= $2`;
  });
  return `SELECT block_number AS block, name, count(*)::integer AS rows,
      encode(sha256(convert_to(string_agg(cells, E'\\n' ORDER BY log_index), 'UTF8')), 'hex') AS digest
    FROM (${facts.join(' UNION ALL ')}) AS fact GROUP BY block_number, name
    ORDER BY block_number, name COLLATE "C"`;
}

function tableDigest(name: string, parts: readonly Part[]): TableDigest {
  const digest = parts.reduce((before, part) => sha256(`${before} ${part.block} ${part.digest}`), sha256(''));
  return { name, rows: total(parts), digest };
}

function total(parts: readonly Part[]): number {
  return parts.reduce((sum, { rows }) => sum + rows, 0);
}

function byKey<Key>(parts: readonly Part[], key: (part: Part) => Key): Map<Key, Part[]> {
  const groups = new Map<Key, Part[]>();
  for (const part of parts) {
    const group = groups.get(key(part));
    if (group) group.push(part);
    else groups.set(key(part), [part]);
  }
  return groups;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
