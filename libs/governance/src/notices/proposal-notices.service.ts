import { addDelivery } from '@tallyhouse/webhooks';
import type { DataSource, EntityManager } from 'typeorm';
import type { ProposalNotice } from './proposal-notice.js';
import { noticesBetween, type ToldBlock } from './proposal-notice.reader.js';

/** A webhook that is told of proposals; it belongs to no partner. */
export const PROPOSAL_WEBHOOK = {
  purpose: 'proposals',
  partner: 'public',
  signatureHeader: 'x-tallyhouse-signature',
  keepsHistory: false,
} as const;

const CONTENT_TYPE = 'application/json';

/** A block up to which was told, and the last roll-back of the index by then. */
interface Place extends ToldBlock {
  readonly rollbackSeq: string;
}

/** Makes messages for webhooks of what happens to the proposals of one chain. */
export class ProposalNotices {
  public constructor(
    private readonly dataSource: DataSource,
    private readonly chainId: number,
  ) {}

  /**
   * Tells every webhook for proposals what happened since the last block of which was told: in one transaction with the place,
   * so that a process that dies tells nothing twice and loses nothing. The first run only notes the place.
   *
   * @returns how many messages were made
   */
  public async run(now: Date): Promise<number> {
    return this.dataSource.transaction(async (manager) => {
      const head = await this.head(manager);
      if (!head) return 0;
      const last = await this.place(manager);
      await this.move(manager, head);
      return last ? tell(manager, await this.notices(manager, last, head), now) : 0;
    });
  }

  /** Of a branch that the chain no longer has was told: from the last common block on all is told anew. */
  private async notices(manager: EntityManager, last: Place, head: Place): Promise<ProposalNotice[]> {
    const [rolled]: { to: string; time: Date }[] = await manager.query(
      `SELECT r.to_number::text AS to, coalesce(
         (SELECT max(b.block_time) FROM chain_block b WHERE b.chain_id = $1 AND b.number <= r.to_number), $4) AS time
       FROM (SELECT min(to_number) AS to_number FROM chain_rollback
         WHERE chain_id = $1 AND seq > $2 AND to_number < $3) r
       WHERE r.to_number IS NOT NULL`,
      [this.chainId, last.rollbackSeq, last.number, last.time],
    );
    if (!rolled) return noticesBetween(manager, this.chainId, last, head);
    return [
      { type: 'proposals.taken-back', chainId: this.chainId, toBlock: rolled.to },
      ...(await noticesBetween(manager, this.chainId, { number: rolled.to, time: rolled.time }, head)),
    ];
  }

  /** While the row is held, no roll-back can come between reading it and what is read after it. */
  private async head(manager: EntityManager): Promise<Place | undefined> {
    const [head]: Omit<Place, 'rollbackSeq'>[] = await manager.query(
      `SELECT block_number::text AS number, block_time AS time FROM chain_checkpoint WHERE chain_id = $1 FOR SHARE`,
      [this.chainId],
    );
    if (!head) return undefined;
    const [{ seq }]: [{ seq: string }] = await manager.query(
      'SELECT coalesce(max(seq), 0)::text AS seq FROM chain_rollback WHERE chain_id = $1',
      [this.chainId],
    );
    return { ...head, rollbackSeq: seq };
  }

  /** Up to where was told, held until the end of the transaction; undefined before the first time. */
  private async place(manager: EntityManager): Promise<Place | undefined> {
    const [last]: Place[] = await manager.query(
      `SELECT block_number::text AS number, block_time AS time, rollback_seq::text AS "rollbackSeq"
       FROM proposal_notice WHERE chain_id = $1 FOR UPDATE`,
      [this.chainId],
    );
    return last;
  }

  private async move(manager: EntityManager, { number, time, rollbackSeq }: Place): Promise<void> {
    await manager.query(
      `INSERT INTO proposal_notice (chain_id, block_number, block_time, rollback_seq) VALUES ($1, $2, $3, $4)
       ON CONFLICT (chain_id) DO UPDATE SET block_number = EXCLUDED.block_number, block_time = EXCLUDED.block_time,
         rollback_seq = EXCLUDED.rollback_seq`,
      [this.chainId, number, time, rollbackSeq],
    );
  }
}

async function tell(manager: EntityManager, notices: readonly ProposalNotice[], now: Date): Promise<number> {
  if (notices.length === 0) return 0;
  const endpoints: { id: string }[] = await manager.query(
    'SELECT id FROM webhook_endpoint WHERE purpose = $1 ORDER BY created_at, id',
    [PROPOSAL_WEBHOOK.purpose],
  );
  for (const { id: endpointId } of endpoints)
    for (const notice of notices) {
      const body = new TextEncoder().encode(JSON.stringify(notice));
      await addDelivery(manager, { endpointId, contentType: CONTENT_TYPE, body }, now);
    }
  return endpoints.length * notices.length;
}
