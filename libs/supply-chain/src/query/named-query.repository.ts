import { Injectable } from '@nestjs/common';
import { decodeCursor, encodeCursor, InvalidCursorError } from '@tallyhouse/database';
import { DataSource } from 'typeorm';
import { orInvalidToken } from './page-token.js';
import { parseEventQuery, type RawParameters } from './parse-query.js';
import { EventQueryError } from './query.errors.js';

/** A query that a partner keeps under a name. */
export interface NamedQuery {
  readonly name: string;
  /** Address of the partner, lower case. */
  readonly partner: string;
  /** Parameters as they were given. */
  readonly query: RawParameters;
  readonly createdAt: Date;
}

/** Queries that one partner may keep. */
export const NAMED_QUERIES_A_PARTNER = 1_000;

const NAME = /^[A-Za-z0-9][A-Za-z0-9._~-]{0,127}$/;
const COLUMNS = 'name, partner, query, created_at AS "createdAt"';

/** Keeps named queries. A name is unique among all partners. */
@Injectable()
export class NamedQueryRepository {
  public constructor(private readonly dataSource: DataSource) {}

  /**
   * Keeps a query under a name.
   *
   * @throws EventQueryError QUERY_PARAMETER_INVALID for a query or name that cannot be,
   *   QUERY_NAME_TAKEN, QUERY_COUNT_EXCEEDED
   */
  public async create(name: string, partner: string, query: RawParameters, now: Date): Promise<void> {
    if (!NAME.test(name)) {
      const message = 'name: takes 1 to 128 letters, digits and . _ ~ -, a letter or digit first';
      throw new EventQueryError('QUERY_PARAMETER_INVALID', message, 'name');
    }
    parseEventQuery(query);
    await this.dataSource.transaction(async (manager) => {
      await manager.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`named-query ${partner}`]);
      const [row] = (await manager.query(
        'SELECT count(*)::integer AS count FROM named_query WHERE partner = $1',
        [partner],
      )) as { count: number }[];
      if (row!.count >= NAMED_QUERIES_A_PARTNER) {
        const message = `a partner keeps at most ${NAMED_QUERIES_A_PARTNER} named queries; delete one first`;
        throw new EventQueryError('QUERY_COUNT_EXCEEDED', message);
      }
      const inserted = (await manager.query(
        `INSERT INTO named_query (name, partner, query, created_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT DO NOTHING RETURNING name`,
        [name, partner, JSON.stringify(query), now],
      )) as unknown[];
      if (inserted.length === 0) {
        throw new EventQueryError('QUERY_NAME_TAKEN', `name: a query named ${name} exists`, 'name');
      }
    });
  }

  /** The query of a name, or undefined. */
  public async find(name: string): Promise<NamedQuery | undefined> {
    const [row]: NamedQuery[] = await this.dataSource.query(
      `SELECT ${COLUMNS} FROM named_query WHERE name = $1`,
      [name],
    );
    return row;
  }

  /**
   * A page of queries by name.
   *
   * @throws EventQueryError PAGE_TOKEN_INVALID
   */
  public async list(
    perPage: number,
    token?: string,
  ): Promise<{ queries: readonly NamedQuery[]; nextPageToken: string | undefined }> {
    const rows: NamedQuery[] = await this.dataSource.query(
      `SELECT ${COLUMNS} FROM named_query WHERE name > $1 ORDER BY name LIMIT $2`,
      [token === undefined ? '' : nameOf(token), perPage + 1],
    );
    const queries = rows.slice(0, perPage);
    const hasNext = rows.length > perPage;
    return { queries, nextPageToken: hasNext ? encodeCursor([queries.at(-1)!.name]) : undefined };
  }

  /** Forgets a partner's query; false if the partner has none of that name. */
  public async remove(name: string, partner: string): Promise<boolean> {
    const [rows] = (await this.dataSource.query(
      'DELETE FROM named_query WHERE name = $1 AND partner = $2 RETURNING name',
      [name, partner],
    )) as [unknown[], number];
    return rows.length > 0;
  }
}

function nameOf(token: string): string {
  return orInvalidToken(() => {
    const [name] = decodeCursor(token, 1);
    if (typeof name !== 'string') throw new InvalidCursorError();
    return name;
  });
}
