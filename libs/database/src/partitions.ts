import type { EntityManager } from 'typeorm';

type Queries = Pick<EntityManager, 'query'>;

/** First key of the advisory lock that lets one process at a time make partitions. */
const PARTITION_LOCK = 0x9a27;

/**
 * Makes the partitions that a table by years lacks, up to a year. Rows that were put into its partition for all other
 * times meanwhile move into the year's own. Run it in a transaction; the table is locked while rows move.
 *
 * @param table one made with a partition a year, `<table>_2026`, and one for the rest, `<table>_other`
 * @returns the years that were made
 * @throws RangeError when a name could be anything but a table's
 */
export async function coverYears(
  manager: Queries,
  table: string,
  from: number,
  to: number,
): Promise<number[]> {
  if (!/^[a-z_]{1,50}$/.test(table)) throw new RangeError(`table: a plain name is needed, not ${table}`);
  await manager.query('SELECT pg_advisory_xact_lock($1, hashtext($2))', [PARTITION_LOCK, table]);
  const known: { name: string }[] = await manager.query(
    `SELECT c.relname AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
     WHERE i.inhparent = to_regclass($1)`,
    [`public.${table}`],
  );
  const names = new Set(known.map(({ name }) => name));
  const years = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  const missing = years.filter((year) => !names.has(`${table}_${year}`));
  for (const year of missing) await makeYear(manager, table, year);
  return missing;
}

/** A partition cannot be made beside rows of its range: they step aside and come back by its door. */
async function makeYear(manager: Queries, table: string, year: number): Promise<void> {
  const [begin, end] = [`${year}-01-01Z`, `${year + 1}-01-01Z`];
  // What a row generates is made again where it comes to lie.
  const [{ columns }]: [{ columns: string }] = await manager.query(
    `SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) AS columns FROM pg_attribute
     WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped AND attgenerated = ''`,
    [`public.${table}`],
  );
  await manager.query(`LOCK TABLE public.${table} IN ACCESS EXCLUSIVE MODE`);
  await manager.query(
    `CREATE TEMPORARY TABLE stepped_aside ON COMMIT DROP AS
       SELECT ${columns} FROM public.${table}_other WHERE event_time >= '${begin}' AND event_time < '${end}'`,
  );
  await manager.query(
    `DELETE FROM public.${table}_other WHERE event_time >= '${begin}' AND event_time < '${end}'`,
  );
  await manager.query(
    `CREATE TABLE public.${table}_${year} PARTITION OF public.${table} FOR VALUES FROM ('${begin}') TO ('${end}')`,
  );
  // As they were, numbers included; into the partition itself, so that nobody takes them for new.
  await manager.query(
    `INSERT INTO public.${table}_${year} (${columns}) OVERRIDING SYSTEM VALUE SELECT ${columns} FROM stepped_aside`,
  );
  await manager.query('DROP TABLE stepped_aside');
}
