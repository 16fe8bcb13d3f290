import type { DataSource } from 'typeorm';
import { CAST } from './cast.js';

/** Who was granted whole events of the owner. */
export const NOTED_ROLES = ['parent', 'buyer', 'auditor'] as const;
type NotedRole = (typeof NOTED_ROLES)[number];

/** What the owner is told was asked by somebody, such as `graphql events`. */
export async function notedOf(dataSource: DataSource, role: NotedRole): Promise<string[]> {
  const rows: { operation: string }[] = await dataSource.query(
    'SELECT DISTINCT operation FROM data_read WHERE owner = $1 AND reader = $2 ORDER BY operation',
    [CAST.owner, CAST[role]],
  );
  return rows.map(({ operation }) => operation);
}
