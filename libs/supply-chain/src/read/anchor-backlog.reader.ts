import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** What is on its way to the chain, of all partners together. Ages in seconds, 0 where nothing waits. */
export interface AnchorBacklog {
  /** Events that are in no batch. */
  readonly waitingEvents: number;
  readonly oldestEventSeconds: number;
  /** Sealed batches that the index does not show on chain. */
  readonly openBatches: number;
  readonly oldestBatchSeconds: number;
}

/** Says how far anchoring is behind capture. */
@Injectable()
export class AnchorBacklogReader {
  public constructor(private readonly dataSource: DataSource) {}

  public async read(): Promise<AnchorBacklog> {
    const [row]: [AnchorBacklog] = await this.dataSource.query(BACKLOG);
    return row;
  }
}

const BACKLOG = `
  SELECT q.events AS "waitingEvents", q.seconds AS "oldestEventSeconds",
         b.batches AS "openBatches", b.seconds AS "oldestBatchSeconds"
  FROM (SELECT count(*)::int AS events,
          coalesce(extract(epoch FROM now() - min(queued_at)), 0)::float8 AS seconds FROM anchor_queue) q,
       (SELECT count(*)::int AS batches,
          coalesce(extract(epoch FROM now() - min(sealed_at)), 0)::float8 AS seconds FROM anchor_batch b
        WHERE NOT EXISTS (SELECT 1 FROM trace_anchored t WHERE t.partner = b.partner AND t.root = b.root)) b`;
