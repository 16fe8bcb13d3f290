import pg from 'pg';

/**
 * Text that means the same on every server, and no limit on how long a statement takes. With `row_security` off a policy
 * that would hide rows from this role makes the statement fail: a backup misses no row in silence.
 */
export const PLAIN_TEXT = `
  SET timezone = 'UTC'; SET datestyle = 'ISO, YMD'; SET intervalstyle = 'postgres'; SET extra_float_digits = 1;
  SET bytea_output = 'hex'; SET search_path = public; SET row_security = off;
  SET statement_timeout = 0; SET lock_timeout = 0; SET idle_in_transaction_session_timeout = 0`;

/** Reads the database as it is at one moment, whatever is written meanwhile, over a connection of its own. */
export async function inSnapshot<Result>(
  databaseUrl: string,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'tallyhouse-backup' });
  // A connection that is lost fails the statement that runs; without a listener it would end the process too.
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query(PLAIN_TEXT);
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } finally {
    await client.end().catch(() => undefined);
  }
}
