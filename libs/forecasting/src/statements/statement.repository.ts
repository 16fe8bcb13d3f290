import { Injectable } from '@nestjs/common';
import { bulkInsert, type ColumnTypes } from '@tallyhouse/database';
import { DataSource, type EntityManager } from 'typeorm';
import { ForecastingError } from '../forecasting.errors.js';
import type { CovariateStatement, NewStatement } from './statement.js';

/** Statements that one partner may have made. */
const MOST_OF_A_PARTNER = 500_000;

const COLUMNS: ColumnTypes = {
  partner: 'text',
  name: 'text',
  product: 'text',
  site: 'text',
  first_day: 'date',
  last_day: 'date',
  number: 'double precision',
  word: 'text',
  said_by: 'text',
  said_at: 'timestamptz',
};

/** Which statements are read. */
export interface StatementRange {
  /** Number of the last; all, where left out. */
  readonly upTo?: number;
  /** Those of one partner. */
  readonly partner?: string;
  /** Those of some products. */
  readonly products?: readonly string[];
  /** Those of some covariates. */
  readonly names?: readonly string[];
}

/** Keeps what partners say of covariates. */
@Injectable()
export class StatementRepository {
  public constructor(private readonly dataSource: DataSource) {}

  /**
   * Keeps statements of a partner, all of them or none. Who keeps some waits for whoever does: no statement comes to light after one with a
   * higher number, so that what was read up to a number stays what it was.
   *
   * @param saidBy account, key or tool that speaks for the partner
   * @throws {ForecastingError} INVALID_OPTIONS where a covariate that was a number becomes a word or the other way, or there are too many
   */
  public async add(partner: string, saidBy: string, statements: readonly NewStatement[]): Promise<number> {
    const owner = partner.toLowerCase();
    return this.dataSource.transaction(async (manager) => {
      await manager.query(`SELECT pg_advisory_xact_lock(hashtext('covariate-statement'))`);
      await refuseTooMany(manager, owner, statements.length);
      await refuseOtherKind(manager, owner, statements);
      const rows = statements.map(({ name, product, site, firstDay, lastDay, value, saidAt }) => [
        ...[owner, name, product, site, firstDay, lastDay],
        ...(typeof value === 'number' ? [value, null] : [null, value]),
        ...[saidBy, saidAt],
      ]);
      await bulkInsert(manager, 'covariate_statement', COLUMNS, rows);
      return rows.length;
    });
  }

  /** Statements in the order in which they were recorded. */
  public read(range: StatementRange = {}): Promise<CovariateStatement[]> {
    return readStatements(this.dataSource, range);
  }
}

/** Number of the last statement that there is, 0 before the first: what is read up to it stays what it is. */
export async function lastStatement(queries: Pick<EntityManager, 'query'>): Promise<number> {
  const [{ seq }]: [{ seq: number }] = await queries.query(
    'SELECT coalesce(max(seq), 0)::float8 AS seq FROM covariate_statement',
  );
  return seq;
}

/** Statements in the order in which they were recorded. */
export async function readStatements(
  queries: Pick<EntityManager, 'query'>,
  { upTo, partner, products, names }: StatementRange = {},
): Promise<CovariateStatement[]> {
  return queries.query(
    `SELECT seq::float8 AS seq, partner, name, product, site, to_char(first_day, 'YYYY-MM-DD') AS "firstDay",
       to_char(last_day, 'YYYY-MM-DD') AS "lastDay", to_jsonb(coalesce(to_jsonb(number), to_jsonb(word))) AS value,
       said_by AS "saidBy", said_at AS "saidAt"
     FROM covariate_statement
     WHERE ($1::bigint IS NULL OR seq <= $1) AND ($2::text IS NULL OR partner = $2)
       AND ($3::text[] IS NULL OR product = ANY($3)) AND ($4::text[] IS NULL OR name = ANY($4))
     ORDER BY covariate_statement.seq`,
    [upTo ?? null, partner ?? null, products ?? null, names ?? null],
  );
}

async function refuseTooMany(
  manager: Pick<EntityManager, 'query'>,
  partner: string,
  more: number,
): Promise<void> {
  const [{ count }]: [{ count: number }] = await manager.query(
    'SELECT count(*)::integer AS count FROM covariate_statement WHERE partner = $1',
    [partner],
  );
  if (count + more > MOST_OF_A_PARTNER)
    throw new ForecastingError(
      'INVALID_OPTIONS',
      `statements: ${count} are kept and ${more} would come, at most ${MOST_OF_A_PARTNER} are; say a price for a period and not for each day of it`,
    );
}

async function refuseOtherKind(
  manager: Pick<EntityManager, 'query'>,
  partner: string,
  statements: readonly NewStatement[],
): Promise<void> {
  const kinds = new Map<string, boolean>();
  const known: { name: string; isNumber: boolean }[] = await manager.query(
    `SELECT DISTINCT ON (name) name, number IS NOT NULL AS "isNumber" FROM covariate_statement
     WHERE partner = $1 AND name = ANY($2::text[]) ORDER BY name, seq`,
    [partner, [...new Set(statements.map(({ name }) => name))]],
  );
  for (const { name, isNumber } of known) kinds.set(name, isNumber);
  statements.forEach(({ name, value }, at) => {
    const isNumber = typeof value === 'number';
    const was = kinds.get(name) ?? isNumber;
    kinds.set(name, was);
    if (was === isNumber) return;
    throw new ForecastingError(
      'INVALID_OPTIONS',
      `statement ${at + 1}, value: ${JSON.stringify(value)} is a ${isNumber ? 'number' : 'word'}, and "${name}" was a ${was ? 'number' : 'word'} so far; write it as before, or give it another name`,
    );
  });
}
