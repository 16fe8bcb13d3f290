import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { AuditError } from '../audit.errors.js';

/** First key of the advisory lock that keeps answers to a drill and its end apart. */
const DRILL_LOCK = 0xd411;

/** Answers and ends mock recalls, which partners do here and not on chain. */
@Injectable()
export class RecallDrillService {
  public constructor(private readonly dataSource: DataSource) {}

  /**
   * Notes that a partner has seen a drill and how much it would have recovered.
   *
   * @param partner address of who answers
   * @param recovered in all so far, in the unit that the recall counts in
   * @throws AuditError `RECALL_INVALID` for a recall that is no open drill, or an amount below zero
   */
  public async answer(id: string, partner: string, recovered: number, now: Date): Promise<void> {
    if (!Number.isFinite(recovered) || recovered < 0)
      throw new AuditError('RECALL_INVALID', `recovered: ${recovered}; give an amount from zero up`);
    await this.dataSource.transaction(async (manager) => {
      await openDrill(manager, id);
      await manager.query(
        'INSERT INTO recall_drill_answer (recall_id, partner, recovered, answered_at) VALUES ($1, $2, $3, $4)',
        [id.toLowerCase(), partner.toLowerCase(), recovered, now],
      );
    });
  }

  /**
   * Ends a drill: its clock stops.
   *
   * @throws AuditError `RECALL_INVALID` for a recall that is no open drill, or one that another partner opened
   */
  public async end(id: string, partner: string, outcome: string, now: Date): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const opener = await openDrill(manager, id);
      if (opener !== partner.toLowerCase())
        throw new AuditError('RECALL_INVALID', `recall ${id}: only its opener ${opener} ends it`);
      await manager.query('UPDATE recall SET ended_at = $2, outcome = $3 WHERE id = $1', [
        id.toLowerCase(),
        now,
        outcome,
      ]);
    });
  }
}

/**
 * The opener of a drill that has not ended. The drill stays locked, so that nothing is answered after the end; its row is not:
 * who may lock a row may change it, and that is its opener alone.
 */
async function openDrill(manager: EntityManager, id: string): Promise<string> {
  await manager.query('SELECT pg_advisory_xact_lock($1, hashtext($2))', [DRILL_LOCK, id.toLowerCase()]);
  const [row]: { partner: string; drill: boolean; ended_at: Date | null }[] = await manager.query(
    'SELECT partner, drill, ended_at FROM recall WHERE id = $1',
    [id.toLowerCase()],
  );
  if (!row) throw new AuditError('RECALL_INVALID', `recall ${id}: there is none of this id`);
  if (!row.drill)
    throw new AuditError('RECALL_INVALID', `recall ${id}: it is no drill; answer it through RecallNotice`);
  if (row.ended_at)
    throw new AuditError('RECALL_INVALID', `recall ${id}: the drill has ended; open another one`);
  return row.partner;
}
