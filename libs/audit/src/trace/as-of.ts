/**
 * What is taken for known. `NOW`: everything captured. `TIME`: what had been captured then. `BLOCK`: what was anchored
 * up to that block, declarations of errors included; an event that is not on chain by then does not count.
 */
export type AsOf =
  | { readonly kind: 'NOW' }
  | { readonly kind: 'TIME'; readonly time: Date }
  | { readonly kind: 'BLOCK'; readonly block: bigint };

export const NOW: AsOf = { kind: 'NOW' };

/** Where statements are sent. */
export interface Queryable {
  query<Rows = unknown>(sql: string, values?: unknown[]): Promise<Rows>;
}

/** Parameters of a statement that is put together: `bind(7)` gives `$3` when two are there already. */
export class Bindings {
  public readonly values: unknown[] = [];

  public bind(value: unknown): string {
    return `$${this.values.push(value)}`;
  }
}

/** What is taken for known, and the events that partners declared wrong on chain by then. */
export interface Known {
  readonly asOf: AsOf;
  readonly wrongOnChain: readonly string[];
}

/**
 * Errors declared on chain are few, read from the chain's facts each time and never copied, so that a reorganisation
 * has nothing to undo.
 */
export async function knownAsOf(manager: Queryable, asOf: AsOf): Promise<Known> {
  const bindings = new Bindings();
  const until =
    asOf.kind === 'NOW'
      ? 'true'
      : asOf.kind === 'TIME'
        ? `block_time <= ${bindings.bind(asOf.time)}`
        : `block_number <= ${bindings.bind(asOf.block.toString())}`;
  const rows: { event_id: string }[] = await manager.query(
    `SELECT event_id FROM event_error_on_chain WHERE ${until}`,
    bindings.values,
  );
  return { asOf, wrongOnChain: rows.map(({ event_id }) => event_id) };
}

/**
 * SQL condition under which a row of `edge` counts.
 *
 * @param edge alias of the row
 */
export function countsAsOf({ asOf, wrongOnChain }: Known, edge: string, bindings: Bindings): string {
  const right =
    wrongOnChain.length === 0 ? 'true' : `${edge}.event_id <> ALL(${bindings.bind(wrongOnChain)}::uuid[])`;
  return `${right} AND ${capturedAsOf(asOf, edge, bindings)}`;
}

function capturedAsOf(asOf: AsOf, edge: string, bindings: Bindings): string {
  switch (asOf.kind) {
    case 'NOW':
      return `${edge}.declared_at IS NULL`;
    case 'TIME': {
      const time = `${bindings.bind(asOf.time)}::timestamptz`;
      return `${edge}.record_time <= ${time} AND (${edge}.declared_at IS NULL OR ${edge}.declared_at > ${time})`;
    }
    case 'BLOCK': {
      const block = `${bindings.bind(asOf.block.toString())}::bigint`;
      return `${anchoredBy(block, `${edge}.event_id`)} AND (${edge}.declared_at IS NULL OR NOT EXISTS (
          SELECT FROM event_declared_erroneous d
          WHERE d.event_id = ${edge}.event_id AND ${anchoredBy(block, 'd.declaration_id')}))`;
    }
  }
}

/** SQL condition that an event was on chain by a block. */
export function anchoredBy(block: string, eventId: string): string {
  return `EXISTS (SELECT FROM anchor_leaf l JOIN anchor_batch b ON b.id = l.batch_id
    JOIN trace_anchored t ON t.partner = b.partner AND t.root = b.root
    WHERE l.event_id = ${eventId} AND t.block_number <= ${block})`;
}
