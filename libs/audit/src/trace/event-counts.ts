import { anchoredBy, type Bindings, type Known } from './as-of.js';

/**
 * SQL condition under which a row of `epcis_event` counts: it was known by then, is not declared wrong by then, and is
 * not itself a declaration, which only repeats what was wrong.
 *
 * @param event alias of the row
 */
export function eventCountsAsOf({ asOf, wrongOnChain }: Known, event: string, bindings: Bindings): string {
  const right =
    wrongOnChain.length === 0 ? 'true' : `${event}.id <> ALL(${bindings.bind(wrongOnChain)}::uuid[])`;
  const isStatement = `NOT EXISTS (SELECT FROM event_correction d WHERE d.declaration_id = ${event}.id)`;
  const declared = (condition: string): string =>
    `NOT EXISTS (SELECT FROM event_declared_erroneous d WHERE d.event_id = ${event}.id AND ${condition})`;
  switch (asOf.kind) {
    case 'NOW':
      return `${right} AND ${isStatement} AND ${declared('true')}`;
    case 'TIME': {
      const time = `${bindings.bind(asOf.time)}::timestamptz`;
      const byThen = `(SELECT w.record_time FROM epcis_event w WHERE w.id = d.declaration_id) <= ${time}`;
      return `${right} AND ${isStatement} AND ${event}.record_time <= ${time} AND ${declared(byThen)}`;
    }
    case 'BLOCK': {
      const block = `${bindings.bind(asOf.block.toString())}::bigint`;
      return `${right} AND ${isStatement} AND ${anchoredBy(block, `${event}.id`)}
        AND ${declared(anchoredBy(block, 'd.declaration_id'))}`;
    }
  }
}
