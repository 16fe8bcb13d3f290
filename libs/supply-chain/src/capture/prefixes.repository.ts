import { bulkInsert } from '@tallyhouse/database';
import { resolveContext, standardContext, type JsonValue } from '@tallyhouse/epcis';
import type { EntityManager } from 'typeorm';

/** Prefixes of one document whose fields are found by their namespace; those beyond are found by the prefix alone. */
const MAX_PREFIXES = 200;
const COLUMNS = { capture_job: 'uuid', prefix: 'text', namespace: 'text' };

/** Keeps what the prefixes of a document mean; those of the standard mean the same everywhere. */
export async function storePrefixes(
  queries: Pick<EntityManager, 'query'>,
  jobId: string,
  context: JsonValue,
): Promise<void> {
  const own = [...resolveContext(context).prefixes].filter(
    ([prefix]) => !standardContext.prefixes.has(prefix),
  );
  const rows = own.slice(0, MAX_PREFIXES).map(([prefix, namespace]) => [jobId, prefix, namespace]);
  await bulkInsert(queries, 'capture_prefix', COLUMNS, rows, 'ON CONFLICT DO NOTHING');
}
