import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { NOW, type AsOf } from '../trace/as-of.js';
import { progressOf, type ListedAmount, type RecallProgress } from './recall-progress.js';
import { RecallReader, type RecallRow } from './recall.reader.js';

/** Reads how far recalls and drills are. */
@Injectable()
export class RecallProgressReader {
  public constructor(
    private readonly dataSource: DataSource,
    private readonly recalls: RecallReader,
  ) {}

  public async progress(recall: RecallRow, asOf: AsOf = NOW): Promise<RecallProgress> {
    const amounts: ListedAmount[] = await this.dataSource.query(AMOUNTS, [recall.id]);
    return progressOf(recall, await this.recalls.holders(recall.id, asOf), amounts);
  }
}

/** A serial is one piece; a lot whose amount no event says is left out. Sold, used and destroyed goods are gone. */
const AMOUNTS = `
  SELECT uom, sum(quantity)::double precision AS affected, sum(gone)::double precision AS gone,
    coalesce(sum(quantity - gone) FILTER (WHERE is_located), 0)::double precision AS located
  FROM (
    SELECT uom, quantity, is_located,
      CASE WHEN state IN ('CONSUMED', 'SOLD', 'DISPOSED') THEN quantity ELSE least(coalesce(gone, 0), quantity) END AS gone
    FROM (
      SELECT coalesce(uom, 'EA') AS uom, coalesce(quantity, CASE WHEN uri LIKE '%/21/%' THEN 1 END) AS quantity,
        gone, state, location IS NOT NULL AND holder IS NOT NULL AS is_located
      FROM recall_item WHERE recall_id = $1
    ) listed WHERE quantity IS NOT NULL
  ) measured GROUP BY uom ORDER BY uom`;
