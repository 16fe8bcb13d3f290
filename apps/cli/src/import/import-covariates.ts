import { parse } from 'csv-parse/sync';
import {
  isFault,
  parseStatement,
  StatementRepository,
  type GivenStatement,
  type NewStatement,
} from '@tallyhouse/forecasting';
import type { DataSource } from 'typeorm';
import { CliError } from '../cli.errors.js';

/** Rows of one file. */
const MOST_ROWS = 200_000;
const MAX_RECORD_BYTES = 10_000;
const NEEDED = ['covariate', 'product', 'from', 'to', 'value'] as const;

/** A row that cannot be kept. */
export interface RefusedRow {
  readonly line: number;
  readonly field: string;
  readonly reason: string;
}

export interface CovariateImport {
  readonly dataSource: DataSource;
  /** Address of the partner in whose name it is said. */
  readonly partner: string;
  /** What is said without a time is said now. */
  readonly now: Date;
}

/** What a file holds: statements that can be kept, or why some cannot. */
export type CovariateRows =
  | { readonly statements: readonly NewStatement[]; readonly refused: readonly [] }
  | { readonly statements: readonly []; readonly refused: readonly RefusedRow[] };

type Line = { readonly record: Record<string, string>; readonly info: { readonly lines: number } };

/**
 * Reads a CSV with the columns covariate, product, from, to and value, and with site and said where they are wanted.
 *
 * @throws CliError where it is no such file
 */
export function readCovariateRows(text: string, now: Date): CovariateRows {
  const lines = linesOf(text);
  if (lines.length > MOST_ROWS)
    throw new CliError(
      `the file has ${lines.length} rows, at most ${MOST_ROWS} are taken at once`,
      'say a price for a period and not for each day of it, or split the file',
    );
  const statements: NewStatement[] = [];
  const refused: RefusedRow[] = [];
  for (const { record, info } of lines) {
    const read = parseStatement(record as unknown as GivenStatement, now);
    if (isFault(read)) refused.push({ line: info.lines, ...read });
    else statements.push(read);
  }
  return refused.length > 0 ? { statements: [], refused } : { statements, refused: [] };
}

function linesOf(text: string): Line[] {
  let lines: Line[];
  try {
    lines = parse(text, {
      ...{ columns: true, bom: true, info: true, skip_empty_lines: true },
      max_record_size: MAX_RECORD_BYTES,
    }) as unknown as Line[];
  } catch (error) {
    throw new CliError(
      `the file is no CSV: ${error instanceof Error ? error.message : String(error)}`,
      'write a header and as many fields in each row: covariate,product,site,from,to,value,said',
    );
  }
  const missing = NEEDED.filter((column) => lines[0] && !Object.hasOwn(lines[0].record, column));
  if (lines.length > 0 && missing.length === 0) return lines;
  throw new CliError(
    missing.length > 0 ? `line 1: no column ${missing.join(', ')}` : 'the file has no rows',
    'the columns are covariate,product,site,from,to,value,said; site and said may be left out',
  );
}

/**
 * Keeps what a file says of covariates: all of it, or nothing where a row cannot be kept.
 *
 * @returns how many were kept, or the rows that were refused
 */
export async function importCovariates(
  text: string,
  { dataSource, partner, now }: CovariateImport,
): Promise<{ readonly kept: number; readonly refused: readonly RefusedRow[] }> {
  const { statements, refused } = readCovariateRows(text, now);
  if (refused.length > 0) return { kept: 0, refused };
  const kept = await new StatementRepository(dataSource).add(partner, 'import', statements);
  return { kept, refused };
}
