import { viewerSettings, type Viewer } from '@tallyhouse/database';
import pg from 'pg';
import { accessRules, laterPublicTables, publicTables } from '../../../../migrations/access-rules.js';

/** What a statement of the api's role can read. */
export interface Readable {
  readonly schema: string;
  readonly name: string;
  readonly isView: boolean;
  readonly isGuarded: boolean;
  readonly isInvoker: boolean;
  readonly hasChain: boolean;
}

/** Statements as somebody who got hold of the api's role would send them. */
export class RawSql {
  public constructor(private readonly databaseUrl: string) {}

  /** Relations that the role may read, in any column. */
  public async readable(role: 'tallyhouse_reader' | 'tallyhouse_writer'): Promise<Readable[]> {
    return this.rows<Readable & pg.QueryResultRow>(
      `SELECT n.nspname AS schema, c.relname AS name, c.relkind IN ('v', 'm') AS "isView", c.relrowsecurity AS "isGuarded",
         coalesce('security_invoker=true' = ANY(c.reloptions) OR 'security_invoker=' = ANY(c.reloptions)
           OR 'security_invoker=on' = ANY(c.reloptions), false) AS "isInvoker",
         EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'chain_id') AS "hasChain"
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
         AND n.nspname NOT LIKE 'pg_%' AND has_any_column_privilege($1, c.oid, 'SELECT') ORDER BY 1, 2`,
      [role],
    );
  }

  /** Rows of each guarded table, and of the view of granted fields, that a viewer sees. */
  public async counts(
    viewer: Viewer,
    partnerData: 'open' | 'private' | undefined,
  ): Promise<Map<string, number>> {
    const client = await this.connected(partnerData);
    try {
      await client.query(`BEGIN; ${viewerSettings('tallyhouse_reader', viewer)}`);
      const counts = new Map<string, number>();
      for (const table of [...Object.keys(accessRules), 'shared_event']) {
        const { rows } = await client.query<{ count: number }>(
          `SELECT count(*)::integer AS count FROM ${table}`,
        );
        counts.set(table, rows[0]!.count);
      }
      return counts;
    } finally {
      await client.end();
    }
  }

  /** What a statement gives a viewer, or the code of Postgres's refusal. */
  public async try(
    viewer: Viewer,
    sql: string,
    role: 'tallyhouse_reader' | 'tallyhouse_writer',
  ): Promise<unknown> {
    const client = await this.connected('private');
    try {
      await client.query(`BEGIN; ${viewerSettings(role, viewer)}`);
      return (await client.query(sql)).rows;
    } catch (error) {
      return (error as { code?: string }).code;
    } finally {
      await client.end();
    }
  }

  private async rows<Row extends pg.QueryResultRow>(sql: string, values: unknown[]): Promise<Row[]> {
    const client = await this.connected(undefined);
    try {
      return (await client.query<Row>(sql, values)).rows;
    } finally {
      await client.end();
    }
  }

  private async connected(partnerData: 'open' | 'private' | undefined): Promise<pg.Client> {
    const options = partnerData === undefined ? '' : `-c tallyhouse.partner_data=${partnerData}`;
    const client = new pg.Client({ connectionString: this.databaseUrl, options });
    await client.connect();
    return client;
  }
}

/** Whether it was decided that everybody may read a relation. */
export function isPublic({ name, hasChain }: Readable): boolean {
  return hasChain || publicTables.includes(name) || laterPublicTables.includes(name);
}
