import { Injectable } from '@nestjs/common';
import type { EpcisEvent } from '@tallyhouse/epcis';
import { LEAF_SCHEMA_ID } from '@tallyhouse/supply-chain';
import { DataSource, type EntityManager } from 'typeorm';
import { textsOfEvent, type EventWithTexts } from './event-texts.js';
import { takeTexts } from './text-intake.service.js';

interface EventRow extends EventWithTexts {
  readonly partner: string;
}

const BATCHES_A_ROUND = 50;

/**
 * Takes in the texts that captured events carry. It goes by sealed batches of events, each once: a batch and its texts
 * are noted in one transaction, so that a crash anywhere loses none and doubles none.
 */
@Injectable()
export class EventHarvest {
  public constructor(private readonly dataSource: DataSource) {}

  /** Returns how many batches were read and how many texts were new; fewer than 50 batches means that none is left. */
  public async run(now: Date): Promise<{ batches: number; stored: number }> {
    const due: { id: string }[] = await this.dataSource.query(
      `SELECT b.id FROM anchor_batch b WHERE b.schema_id = $1
         AND NOT EXISTS (SELECT FROM text_harvest h WHERE h.batch_id = b.id) ORDER BY b.id LIMIT $2`,
      [LEAF_SCHEMA_ID, BATCHES_A_ROUND],
    );
    let stored = 0;
    for (const { id } of due) stored += await this.harvest(id, now);
    return { batches: due.length, stored };
  }

  private async harvest(batchId: string, now: Date): Promise<number> {
    return this.dataSource.transaction(async (manager) => {
      const noted: unknown[] = await manager.query(
        'INSERT INTO text_harvest (batch_id) VALUES ($1) ON CONFLICT DO NOTHING RETURNING batch_id',
        [batchId],
      );
      if (noted.length === 0) return 0;
      let stored = 0;
      for (const [partner, rows] of Map.groupBy(
        await eventsWithExtensions(manager, batchId),
        (row) => row.partner,
      )) {
        stored += (await takeTexts(manager, rows.flatMap(textsOfEvent), partner, 'EVENT', now)).stored;
      }
      return stored;
    });
  }
}

/** Events of a batch whose JSON has a key with a prefix. */
async function eventsWithExtensions(manager: EntityManager, batchId: string): Promise<EventRow[]> {
  const rows: (Omit<EventRow, 'body'> & { body: EpcisEvent })[] = await manager.query(
    `SELECT e.id, e.event_time AS "eventTime", e.partner, e.body,
       ARRAY(SELECT i.uri FROM event_item i WHERE i.event_time = e.event_time AND i.event_id = e.id
         ORDER BY i.ordinal LIMIT 50) AS items,
       ARRAY(SELECT DISTINCT i.product FROM event_item i WHERE i.event_time = e.event_time AND i.event_id = e.id
         AND i.product IS NOT NULL LIMIT 20) AS products,
       array_remove(ARRAY[e.biz_location, CASE WHEN e.read_point IS DISTINCT FROM e.biz_location THEN e.read_point END], NULL)
         AS sites,
       ARRAY(SELECT DISTINCT s.uri FROM event_source_dest s WHERE s.event_time = e.event_time AND s.event_id = e.id
         AND s.role = 'DESTINATION' LIMIT 5) AS destinations
     FROM anchor_leaf l JOIN epcis_event e ON e.event_time = l.event_time AND e.id = l.event_id
     WHERE l.batch_id = $1 AND e.body::text ~ '"[A-Za-z][A-Za-z0-9_.-]*:[A-Za-z][A-Za-z0-9_.-]*"\\s*:'
     ORDER BY l.leaf_index`,
    [batchId],
  );
  return rows;
}
