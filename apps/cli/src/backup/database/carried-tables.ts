import type { ClientBase } from 'pg';
import { CliError } from '../../cli.errors.js';

/**
 * Tables that a backup leaves out, with the reason. Everything else is carried: a table that a later migration adds is
 * carried without being named here.
 */
export const LEFT_OUT: Readonly<Record<string, string>> = {
  migrations: 'the names of the migrations stand in the manifest',
  session: 'a session that was ended since would go on; everybody signs in again',
  spent_refresh: 'belongs to sessions',
  sign_in_nonce: 'a nonce that was used since would be good again',
  passkey_challenge: 'a challenge that was answered since would be good again',
  stage_state: 'tells how the workers go, who begin anew',
  stage_failure: 'tells how the workers went',
};

/** A table whose rows are carried and digested. */
export interface CarriedTable {
  readonly name: string;
  /** All but those that Postgres computes, by name. */
  readonly columns: readonly string[];
  /** SQL of an order that no two rows share, unless they are equal. */
  readonly order: string;
}

interface TableRow {
  readonly name: string;
  readonly columns: string[];
  readonly key: string[] | null;
  readonly collated: string[];
  readonly needs: string[];
}

/** Partitions are part of their table; what belongs to an extension comes with it. */
const TABLES = `
  SELECT c.relname AS name,
    (SELECT array_agg(attname::text ORDER BY attname::text COLLATE "C") FROM pg_attribute
     WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped AND attgenerated = '') AS columns,
    (SELECT array_agg(attname::text ORDER BY ordinality) FROM pg_index i,
       unnest(i.indkey) WITH ORDINALITY AS part (number, ordinality)
       JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = part.number
     WHERE i.indrelid = c.oid AND i.indisprimary) AS key,
    coalesce((SELECT array_agg(attname::text) FROM pg_attribute
     WHERE attrelid = c.oid AND attcollation <> 0), '{}') AS collated,
    coalesce((SELECT array_agg(DISTINCT other.relname::text) FROM pg_constraint f
       JOIN pg_class other ON other.oid = f.confrelid
     WHERE f.contype = 'f' AND f.conrelid = c.oid AND f.confrelid <> c.oid AND f.conparentid = 0), '{}') AS needs
  FROM pg_class c
  WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
  ORDER BY c.relname COLLATE "C"`;

/** Every table that is carried, in an order in which they can be filled: what a row refers to comes before it. */
export async function carriedTables(client: ClientBase): Promise<CarriedTable[]> {
  const { rows } = await client.query<TableRow>(TABLES);
  const carried = rows.filter(({ name }) => LEFT_OUT[name] === undefined);
  const quoted = (name: string): string => client.escapeIdentifier(name);
  return inOrder(carried).map(({ name, columns, key, collated }) => ({
    name,
    columns,
    order: key
      ? key.map((column) => quoted(column) + (collated.includes(column) ? ' COLLATE "C"' : '')).join(', ')
      : columns.map((column) => `${quoted(column)}::text COLLATE "C"`).join(', '),
  }));
}

function inOrder(tables: readonly TableRow[]): TableRow[] {
  const left = new Map(tables.map((table) => [table.name, table]));
  const ordered: TableRow[] = [];
  while (left.size > 0) {
    const ready = [...left.values()].filter(({ needs }) => !needs.some((name) => left.has(name)));
    if (ready.length === 0)
      throw new CliError(
        `the tables ${[...left.keys()].join(', ')} refer to each other in a circle`,
        'a foreign key of the newest migration has to go, or be left out of backups',
      );
    for (const table of ready) left.delete(table.name);
    ordered.push(...ready);
  }
  return ordered;
}
