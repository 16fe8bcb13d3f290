import type { DataSource } from 'typeorm';

/** How far the events have come. */
export interface LoopCounts {
  readonly captured: number;
  readonly sealed: number;
  readonly anchored: number;
  readonly forecasts: number;
}

/** Counts at each stage of the loop: stored, in a batch, in a batch whose anchoring is indexed, forecast points. */
export async function loopCounts(dataSource: DataSource): Promise<LoopCounts> {
  const [row]: [LoopCounts] = await dataSource.query(`
    SELECT (SELECT count(*)::int FROM epcis_event) AS captured,
           (SELECT count(*)::int FROM anchor_leaf) AS sealed,
           (SELECT count(*)::int FROM anchor_leaf l JOIN anchor_batch b ON b.id = l.batch_id
             JOIN trace_anchored t ON t.partner = b.partner AND t.root = b.root) AS anchored,
           (SELECT count(*)::int FROM forecast) AS forecasts`);
  return row;
}
