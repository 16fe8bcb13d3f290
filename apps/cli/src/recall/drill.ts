import { RecallPreviewReader, TraceReader, type AsOf, type RecallCriteria } from '@tallyhouse/audit';
import type { DataSource } from 'typeorm';
import { CliError } from '../cli.errors.js';

const BOUNDS = { maxDepth: 50, maxNodes: 20_000 };

/**
 * A mock recall: everything forward and its origin backward, timed. Without criteria it takes the lot that was named by
 * most events, which is the hardest that there is.
 *
 * @param clock milliseconds, steadily growing
 */
export async function runDrill(
  dataSource: DataSource,
  given: RecallCriteria,
  asOf: AsOf,
  clock: () => number,
): Promise<string[]> {
  const criteria = seeksNothing(given) ? { items: [await busiestLot(dataSource)] } : given;
  const begun = clock();
  const found = await new RecallPreviewReader(dataSource).preview(criteria, asOf);
  const forward = clock();
  const starts = criteria.items ?? found.items.slice(0, 100).map(({ uri }) => uri);
  const origin =
    starts.length > 0 ? await new TraceReader(dataSource).trace(starts, 'BACKWARD', BOUNDS, asOf) : undefined;
  const ended = clock();
  const located = found.items.filter(({ location, holder }) => location !== null && holder !== null);
  const gone = found.items.filter(
    ({ state }) => state === 'CONSUMED' || state === 'SOLD' || state === 'DISPOSED',
  );
  const holders = new Set(found.items.map(({ holder }) => holder).filter((holder) => holder !== null));
  const seconds = (from: number, to: number): string => `${((to - from) / 1_000).toFixed(2)} s`;
  return [
    `recalled: ${(criteria.items ?? ['by criteria']).join(', ')}`,
    `affected: ${found.items.length} items${found.truncated ? ' (more were not followed)' : ''}, found in ${seconds(begun, forward)}`,
    `located: ${located.length} of ${found.items.length}, with ${holders.size} holder${holders.size === 1 ? '' : 's'}; ${gone.length} consumed, sold or disposed of`,
    `origin: ${origin?.nodes.length ?? 0} nodes back, found in ${seconds(forward, ended)}`,
    `clock: ${seconds(begun, ended)} in all`,
  ];
}

function seeksNothing({ items, products, sites }: RecallCriteria): boolean {
  return (items?.length ?? 0) + (products?.length ?? 0) + (sites?.length ?? 0) === 0;
}

async function busiestLot(dataSource: DataSource): Promise<string> {
  const [row]: { uri: string }[] = await dataSource.query(
    `SELECT uri FROM event_item WHERE uri LIKE '%/10/%' GROUP BY uri ORDER BY count(*) DESC, uri LIMIT 1`,
  );
  if (row) return row.uri;
  throw new CliError(
    'no event names a lot yet',
    'capture events first, or name what is recalled with --item',
  );
}
