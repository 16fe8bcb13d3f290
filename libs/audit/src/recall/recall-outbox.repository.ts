import { Injectable } from '@nestjs/common';
import type { Hex } from '@tallyhouse/proofs';
import { DataSource } from 'typeorm';

/** A recall that is not on chain yet. */
export interface UnopenedRecall {
  readonly id: string;
  readonly partner: Hex;
  readonly criteriaHash: Hex;
  readonly affectedRoot: Hex;
  readonly affectedCount: number;
}

/** A message to a holder whose webhook has not taken it yet. */
export interface DueMessage {
  readonly recallId: string;
  readonly partner: string;
  readonly attempts: number;
  readonly url: string;
  readonly secret: Buffer;
  readonly items: number;
  readonly opener: string;
  readonly criteriaHash: string;
  readonly affectedRoot: string;
}

const BATCH = 50;

/** What a worker has to bring out: recalls to the chain, and messages to holders. */
@Injectable()
export class RecallOutbox {
  public constructor(private readonly dataSource: DataSource) {}

  /** Recalls that the chain does not know and that it has not refused. */
  public async unopened(): Promise<UnopenedRecall[]> {
    return this.dataSource.query(
      `SELECT r.id, r.partner, r.criteria_hash AS "criteriaHash", r.affected_root AS "affectedRoot",
         r.affected_count AS "affectedCount"
       FROM recall r WHERE NOT r.drill AND r.last_error IS NULL
         AND NOT EXISTS (SELECT FROM recall_opened o WHERE o.recall_id = r.id) ORDER BY r.seq LIMIT ${BATCH}`,
    );
  }

  public async markSent(id: string, txHash: string, now: Date): Promise<void> {
    await this.dataSource.query('UPDATE recall SET tx_hash = $2, sent_at = $3 WHERE id = $1', [
      id,
      txHash,
      now,
    ]);
  }

  public async markRefused(id: string, reason: string): Promise<void> {
    await this.dataSource.query('UPDATE recall SET last_error = $2 WHERE id = $1', [id, reason]);
  }

  public async dueMessages(now: Date): Promise<DueMessage[]> {
    return this.dataSource.query(
      `SELECT m.recall_id AS "recallId", m.partner, m.attempts, hook.url, hook.secret, r.partner AS opener,
         r.criteria_hash AS "criteriaHash", r.affected_root AS "affectedRoot",
         (SELECT count(*)::integer FROM recall_item i WHERE i.recall_id = r.id AND i.holder = m.partner) AS items
       FROM recall_message m JOIN partner_webhook hook USING (partner) JOIN recall r ON r.id = m.recall_id
       WHERE m.due_at <= $1 ORDER BY m.due_at LIMIT ${BATCH}`,
      [now],
    );
  }

  public async markDelivered({ recallId, partner }: DueMessage, now: Date): Promise<void> {
    await this.dataSource.query(
      `UPDATE recall_message SET delivered_at = $3, due_at = NULL, last_error = NULL, attempts = attempts + 1
       WHERE recall_id = $1 AND partner = $2`,
      [recallId, partner, now],
    );
  }

  /** @param dueAgain null gives up */
  public async markFailed(
    { recallId, partner }: DueMessage,
    reason: string,
    dueAgain: Date | null,
  ): Promise<void> {
    await this.dataSource.query(
      `UPDATE recall_message SET due_at = $3, last_error = $4, attempts = attempts + 1
       WHERE recall_id = $1 AND partner = $2`,
      [recallId, partner, dueAgain, reason.slice(0, 500)],
    );
  }
}
