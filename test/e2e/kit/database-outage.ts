import pg from 'pg';

/** A database that nobody reaches. */
export interface Outage {
  bringBack(): Promise<void>;
}

/** Ends every connection to a database and lets nobody in until it is brought back; its server goes on. */
export async function takeDatabaseAway(databaseUrl: string): Promise<Outage> {
  const url = new URL(databaseUrl);
  const name = decodeURIComponent(url.pathname.slice(1));
  url.pathname = '/postgres';
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  const quoted = client.escapeIdentifier(name);
  await client.query(`ALTER DATABASE ${quoted} ALLOW_CONNECTIONS false`);
  await client.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [name]);
  return {
    bringBack: async () => {
      await client.query(`ALTER DATABASE ${quoted} ALLOW_CONNECTIONS true`);
      await client.end();
    },
  };
}
