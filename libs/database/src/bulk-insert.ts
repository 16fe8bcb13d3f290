import type { EntityManager } from 'typeorm';

/** Columns of a bulk insert: name → Postgres type, in the order of the values of each row. */
export type ColumnTypes = Readonly<Record<string, string>>;

/**
 * Inserts many rows with one statement, one array parameter a column. A column of a type such as `float8[]` takes an
 * array of numbers a row.
 *
 * @param suffix e.g. `ON CONFLICT DO NOTHING RETURNING id`
 * @returns the rows that the suffix returns
 */
export async function bulkInsert(
  manager: Pick<EntityManager, 'query'>,
  table: string,
  columns: ColumnTypes,
  rows: readonly (readonly unknown[])[],
  suffix = '',
): Promise<Record<string, unknown>[]> {
  if (rows.length === 0) return [];
  const names = Object.keys(columns);
  const selected = names.map((name) => (isArray(columns[name]!) ? `${name}::${columns[name]}` : name));
  const parameters = names.map(
    (name, index) => `$${index + 1}::${isArray(columns[name]!) ? 'text' : columns[name]}[]`,
  );
  const values = names.map((_, index) => rows.map((row) => parameterOf(row[index])));
  const result: unknown = await manager.query(
    `INSERT INTO ${table} (${names.join(', ')})
     SELECT ${selected.join(', ')} FROM unnest(${parameters.join(', ')}) AS input (${names.join(', ')}) ${suffix}`,
    values,
  );
  return Array.isArray(result) ? (result as Record<string, unknown>[]) : [];
}

function isArray(type: string): boolean {
  return type.endsWith('[]');
}

/** unnest flattens nested arrays, so an array of numbers travels as its text. */
function parameterOf(value: unknown): unknown {
  return Array.isArray(value) ? `{${value.join(',')}}` : (value ?? null);
}
