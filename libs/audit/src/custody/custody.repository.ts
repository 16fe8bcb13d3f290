import { Bindings, type AsOf, type Queryable } from '../trace/as-of.js';

/** SQL condition that a fact of the chain was known by then. */
export function factKnown(asOf: AsOf, fact: string, bindings: Bindings): string {
  if (asOf.kind === 'NOW') return 'true';
  if (asOf.kind === 'TIME') return `${fact}.block_time <= ${bindings.bind(asOf.time)}::timestamptz`;
  return `${fact}.block_number <= ${bindings.bind(asOf.block.toString())}::bigint`;
}

/** Who holds each unit, by the last word of the Custody contract; units that it does not know are left out. */
export async function custodyHolders(
  manager: Queryable,
  units: readonly string[],
  asOf: AsOf,
): Promise<Map<string, string>> {
  const bindings = new Bindings();
  const rows: { unit: string; holder: string | null }[] = await manager.query(
    `SELECT DISTINCT ON (c.unit) c.unit, c.holder FROM custody_change c
     WHERE c.unit = ANY(${bindings.bind(units)}::text[]) AND ${factKnown(asOf, 'c', bindings)}
     ORDER BY c.unit, c.block_number DESC, c.log_index DESC`,
    bindings.values,
  );
  return new Map(rows.flatMap(({ unit, holder }) => (holder === null ? [] : [[unit, holder] as const])));
}
