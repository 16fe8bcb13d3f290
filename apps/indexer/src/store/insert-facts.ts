import type { Cell } from '../protocols/protocol.js';
import { positionColumns, type TableRows } from './fact-batch.js';
import type { Session } from './session.js';

const ROWS_A_STATEMENT = 5_000;

/** Writes rows with one array parameter a column. A column that is itself an array travels as JSON. */
export async function insertFacts(
  session: Pick<Session, 'query'>,
  { table, rows }: TableRows,
): Promise<void> {
  const columns = Object.entries<string>({ ...positionColumns, ...table.columns });
  const names = columns.map(([name]) => name).join(', ');
  const arrays = columns.map(([, type], index) => `$${index + 1}::${wireType(type)}[]`).join(', ');
  const values = columns
    .map(([name, type]) => (isArray(type) ? elements(name, type) : `given.${name}`))
    .join(', ');
  const sql = `INSERT INTO ${table.name} (${names}) SELECT ${values} FROM unnest(${arrays}) AS given (${names})`;
  for (let start = 0; start < rows.length; start += ROWS_A_STATEMENT) {
    const some = rows.slice(start, start + ROWS_A_STATEMENT);
    await session.query(
      sql,
      columns.map((_, index) => some.map((row) => wireValue(row[index] ?? null))),
    );
  }
}

function isArray(type: string): boolean {
  return type.endsWith('[]');
}

function wireType(type: string): string {
  return isArray(type) ? 'text' : type;
}

function elements(name: string, type: string): string {
  return `ARRAY(SELECT json_array_elements_text(given.${name}::json))::${type}`;
}

function wireValue(cell: Cell): string | number | null {
  if (typeof cell === 'bigint') return cell.toString();
  if (cell === null || typeof cell !== 'object') return cell;
  return JSON.stringify(cell.map(String));
}
