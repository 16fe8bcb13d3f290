import type { EntityManager } from 'typeorm';
import type { Frequency } from '../contract/panel.js';
import type { GrainRow } from '../series/grain-hierarchy.js';
import { panelStockOuts } from '../series/panel.repository.js';
import { periodIndex } from '../series/periods.js';
import type { KnownStockOuts } from '../stock-outs/stock-outs.repository.js';

type Queries = Pick<EntityManager, 'query'>;

/** A forecast whose period is over. */
export interface DueOutcome {
  readonly series_id: string;
  readonly frequency: Uppercase<Frequency>;
  readonly target_start: Date;
  /** What was sold. */
  readonly actual: number;
}

/** Which outcomes say nothing of demand, by what had been said of stock-outs when they were due. */
export interface LeftOut {
  /** Number of the last statement that was known. */
  readonly upTo: number;
  readonly has: (due: DueOutcome) => boolean;
}

/** Undefined where nobody had said anything of stock-outs of what is due. */
export async function leftOutOf(
  queries: Queries,
  due: readonly DueOutcome[],
  now: Date,
): Promise<LeftOut | undefined> {
  const known = new Map<string, KnownStockOuts>();
  for (const [frequency, rows] of Map.groupBy(due, (row) => row.frequency)) {
    const found = await stockOutsOf(queries, frequency, rows, now);
    if (found) known.set(frequency, found);
  }
  if (known.size === 0) return undefined;
  return {
    upTo: Math.max(...[...known.values()].map(({ upTo }) => upTo)),
    has: ({ series_id: id, frequency, target_start: start, actual }) =>
      known.get(frequency)?.known.isLeftOut(id, periodIndex(start.getTime(), periodOf(frequency)), actual) ??
      false,
  };
}

const periodOf = (frequency: Uppercase<Frequency>): Frequency => frequency.toLowerCase() as Frequency;

async function stockOutsOf(
  queries: Queries,
  upper: Uppercase<Frequency>,
  due: readonly DueOutcome[],
  now: Date,
): Promise<KnownStockOuts | undefined> {
  const frequency = periodOf(upper);
  const rows: GrainRow[] = await queries.query(SERIES, [[...new Set(due.map((row) => row.series_id))]]);
  if (rows.length === 0) return undefined;
  const last = due.reduce((latest, { target_start: start }) => Math.max(latest, start.getTime()), -Infinity);
  const end = periodIndex(last, frequency) + 1;
  return panelStockOuts(queries, { measure: 'DEMAND', frequency, asOf: now }, end, rows);
}

const SERIES = `
  SELECT id, partner, grain, product, site, product_group AS "productGroup", country FROM series
  WHERE id = ANY($1::text[]) AND measure = 'DEMAND'`;
