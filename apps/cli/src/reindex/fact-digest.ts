import { createHash, type Hash } from 'node:crypto';
import { blockRowsHash, chainDigest, EMPTY_DIGEST } from '@tallyhouse/chain';
import { copyOut } from '@tallyhouse/database';
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
  /** Running digest over all blocks, as the indexer keeps it. */
  readonly digest: string;
  readonly tables: readonly TableDigest[];
  /** Hash of the rows of each block with facts, ascending by number. */
  readonly blocks: ReadonlyMap<number, string>;
}

const POSITION = ['chain_id', 'block_number', 'log_index', 'block_hash', 'tx_hash', 'block_time'];

/** Every table of facts of a database, with its columns by name: the order in which they were made does not count. */
export async function factTables(client: ClientBase): Promise<Map<string, string[]>> {
  const { rows } = await client.query<{ name: string; columns: string[] }>(
    // The catalogue itself: information_schema takes seconds once there are many partitions.
    `SELECT relname AS name, array_agg(attname::text ORDER BY attname::text COLLATE "C") AS columns
     FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
     WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r' AND attnum > 0 AND NOT attisdropped
     GROUP BY 1 HAVING array_agg(attname::text) @> $1::text[] ORDER BY 1`,
    [POSITION],
  );
  return new Map(rows.map(({ name, columns }) => [name, columns]));
}

/**
 * Digests the facts of a chain up to a block, that one with them, from the rows themselves: what the indexer wrote down
 * while it wrote them is not looked at. Rows travel here as lines and are not kept.
 */
export async function digestFacts(client: ClientBase, chainId: number, upTo: number): Promise<FactDigest> {
  await client.query(`SET timezone = 'UTC'; SET datestyle = 'ISO'`);
  const blocks = new Map<number, Map<string, string>>();
  const tables: TableDigest[] = [];
  for (const [name, columns] of await factTables(client)) {
    const table = new TableReader(columns.indexOf('block_number'));
    const sql = rowsSql(client, name, columns, chainId, upTo);
    await copyOut(client, sql, (line) => table.read(line));
    let digest = EMPTY_DIGEST;
    for (const [number, hash] of table.hashes()) {
      digest = chainDigest(digest, number, hash);
      blocks.set(number, (blocks.get(number) ?? new Map<string, string>()).set(name, hash));
    }
    tables.push({ name, rows: table.rows, digest });
  }
  return { rows: tables.reduce((sum, { rows }) => sum + rows, 0), tables, ...chained(blocks) };
}

/** Hash of the rows of each block as the indexer noted it when it wrote them; empty in an index begun before it did. */
export async function notedHashes(
  client: ClientBase,
  chainId: number,
  upTo: number,
): Promise<Map<number, string>> {
  const { rows } = await client.query<{ number: string; hash: string }>(
    `SELECT number, rows_hash AS hash FROM chain_block
     WHERE chain_id = $1 AND number <= $2 AND rows_hash IS NOT NULL ORDER BY number`,
    [chainId, upTo],
  );
  return new Map(rows.map(({ number, hash }) => [Number(number), hash]));
}

/** COPY takes no parameters; the two numbers are written as numbers. */
function rowsSql(
  client: ClientBase,
  name: string,
  columns: readonly string[],
  chainId: number,
  upTo: number,
): string {
  const cells = columns.map((column) => client.escapeIdentifier(column)).join(', ');
  const where = `chain_id = ${Math.trunc(chainId)} AND block_number <= ${Math.trunc(upTo)}`;
  return `COPY (SELECT ${cells} FROM ${client.escapeIdentifier(name)} WHERE ${where}
    ORDER BY block_number, log_index) TO STDOUT`;
}

/** Hashes the lines of one table block by block. */
class TableReader {
  public rows = 0;
  private readonly finished = new Map<number, string>();
  private open: { number: number; hash: Hash } | undefined;

  /** @param numberAt which cell is the block's number */
  public constructor(private readonly numberAt: number) {}

  public read(line: string): void {
    this.rows++;
    const number = Number(line.split('\t', this.numberAt + 1)[this.numberAt]);
    if (this.open?.number !== number) {
      this.close();
      this.open = { number, hash: createHash('sha256') };
    }
    this.open.hash.update(`${line}\n`);
  }

  public hashes(): ReadonlyMap<number, string> {
    this.close();
    return this.finished;
  }

  private close(): void {
    if (this.open) this.finished.set(this.open.number, this.open.hash.digest('hex'));
    this.open = undefined;
  }
}

function chained(
  blocks: ReadonlyMap<number, ReadonlyMap<string, string>>,
): Pick<FactDigest, 'blocks' | 'digest'> {
  const hashes = new Map<number, string>();
  let digest = EMPTY_DIGEST;
  for (const [number, tables] of [...blocks].sort(([left], [right]) => left - right)) {
    const hash = blockRowsHash(tables);
    hashes.set(number, hash);
    digest = chainDigest(digest, number, hash);
  }
  return { blocks: hashes, digest };
}
