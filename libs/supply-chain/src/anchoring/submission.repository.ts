import { Injectable } from '@nestjs/common';
import type { Hex } from '@tallyhouse/proofs';
import { DataSource } from 'typeorm';
import { AnchorRepository, type UnanchoredBatch } from './anchor.repository.js';

/**
 * Who anchors a partner's batches: the relayer in its own name, the relayer with the partner's signature, or the
 * partner itself.
 */
export type SubmissionMode = 'RELAYER' | 'SIGNED' | 'OWN';

/** A partner's choice, and its batches that wait for its key. */
@Injectable()
export class SubmissionRepository {
  public constructor(private readonly dataSource: DataSource) {}

  /** Holds for batches sealed from now on: the leaves of a sealed one name their submitter. */
  public async choose(partner: string, mode: SubmissionMode, submitter: string): Promise<void> {
    await this.dataSource.query('DELETE FROM partner_submission WHERE partner = $1', [partner.toLowerCase()]);
    if (mode === 'RELAYER') return;
    await this.dataSource.query(
      'INSERT INTO partner_submission (partner, mode, submitter) VALUES ($1, $2, $3)',
      [partner.toLowerCase(), mode, submitter.toLowerCase()],
    );
  }

  /** Batches that only this key may anchor, in order of each partner's chain. */
  public async waitingFor(submitter: string, limit: number): Promise<UnanchoredBatch[]> {
    return new AnchorRepository(this.dataSource).unanchored(limit, { submitter: submitter.toLowerCase() });
  }

  /** Keeps a signature for the relayer, in place of an earlier one. */
  public async sign(batchId: string, signature: Hex, deadline: bigint): Promise<void> {
    await this.dataSource.query(
      'UPDATE anchor_batch SET signature = $2, signature_deadline = $3 WHERE id = $1',
      [batchId, signature, deadline.toString()],
    );
  }
}
