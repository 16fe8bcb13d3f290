import type { ClientBase } from 'pg';
import { CliError } from '../../cli.errors.js';
import { carriedTables } from './carried-tables.js';

/** Schemas beside `public` that are ours: views of one chain, and the queue, whose jobs carry nothing. */
const OWN_SCHEMAS = ['home_chain', 'pgboss'];

/**
 * Everything that is ours in `public`; its owner, its rights and what belongs to extensions stay. The names are read before
 * anything goes: a function that went with a table it gives rows of has none any more.
 */
const DROP_ALL = `DO $drop$
DECLARE
  drops text[] := ARRAY(
    SELECT format('DROP %s IF EXISTS %s CASCADE', kind, name) FROM (
      SELECT CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END
        AS kind, c.oid::regclass::text AS name,
        CASE WHEN c.relkind = 'S' THEN 3 WHEN c.relkind IN ('r', 'p') THEN 2 ELSE 1 END AS turn
      FROM pg_class c
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('v', 'm', 'r', 'p', 'S') AND NOT c.relispartition
        AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid
          AND (d.deptype = 'e' OR c.relkind = 'S' AND d.deptype IN ('a', 'i')))
      UNION ALL
      SELECT CASE p.prokind WHEN 'p' THEN 'PROCEDURE' ELSE 'ROUTINE' END, p.oid::regprocedure::text, 4
      FROM pg_proc p
      WHERE p.pronamespace = 'public'::regnamespace
        AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')) ours
    ORDER BY turn);
  one text;
BEGIN
  FOREACH one IN ARRAY drops LOOP
    EXECUTE one;
  END LOOP;
END $drop$`;

/** Removes every table, view and function of ours; part of the transaction that fills the database again. */
export async function emptyDatabase(client: ClientBase): Promise<void> {
  for (const schema of OWN_SCHEMAS) await client.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
  await client.query(DROP_ALL);
}

/**
 * Refuses a database that is in use, or holds rows that nobody said may go.
 *
 * @throws CliError
 */
export async function refuseTakenDatabase(client: ClientBase, replace: boolean): Promise<void> {
  const { rows } = await client.query<{ connections: number }>(
    `SELECT count(*)::int AS connections FROM pg_stat_activity WHERE datname = current_database()
       AND usename = current_user AND pid <> pg_backend_pid() AND backend_type = 'client backend'`,
  );
  const connections = rows[0]?.connections ?? 0;
  if (connections > 0)
    throw new CliError(
      `${connections} other connections of this role use the database`,
      'stop api, indexer and worker first, then try again',
    );
  if (replace) return;
  for (const { name } of await carriedTables(client)) {
    const { rowCount } = await client.query(`SELECT FROM public.${client.escapeIdentifier(name)} LIMIT 1`);
    if (rowCount !== 0)
      throw new CliError(
        `the database is not empty: ${name} has rows`,
        'give an empty database, or --replace if what is there may go',
      );
  }
}
