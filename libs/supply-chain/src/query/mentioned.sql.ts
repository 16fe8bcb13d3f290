import type { Bind } from './bind.js';

/** SQL for: a column has one of some texts. */
export function anyOf(column: string, values: readonly string[], bind: Bind): string {
  return values.length === 1 ? `${column} = ${bind(values[0])}` : `${column} = ANY(${bind(values)}::text[])`;
}

/** SQL for: a table of what events mention has something of the event `e`. */
export function mentioned(table: string, condition: string): string {
  return `EXISTS (SELECT FROM ${table} m WHERE m.event_time = e.event_time AND m.event_id = e.id AND ${condition})`;
}

/** A condition that is looked at in each event that the other conditions leave. */
export function lookedAt(table: string, condition: string): string {
  return `CASE WHEN ${mentioned(table, condition)} THEN true END`;
}

/**
 * A condition that few events meet, whose index is asked first. The planner keeps no statistics of a partitioned table
 * as a whole, and would rather walk through all events.
 */
export function foundFirst(table: string, condition: string): string {
  return `e.id = ANY(ARRAY(SELECT m.event_id FROM ${table} m WHERE ${condition}))`;
}
