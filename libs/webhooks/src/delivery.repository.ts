import { randomUUID } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';

type Queries = Pick<EntityManager, 'query'>;

/** A message that waits for its webhook. */
export interface NewDelivery {
  readonly endpointId: string;
  readonly contentType: string;
  readonly body: Uint8Array;
}

/** A webhook that somebody works on until `leaseEnds`. */
export interface ClaimedEndpoint {
  readonly id: string;
  readonly url: string;
  readonly secret: Buffer | null;
  readonly signatureHeader: string;
}

/** The message that an endpoint gets next. */
export interface NextDelivery {
  readonly id: string;
  readonly attempts: number;
  readonly contentType: string;
  readonly body: Buffer;
}

/** A message that was given up; it stays until it is sent again, its webhook is removed, or it is forgotten by its age. */
export interface DeadDelivery {
  readonly id: string;
  readonly endpointId: string;
  readonly partner: string;
  readonly purpose: string;
  readonly url: string;
  readonly createdAt: Date;
  readonly attempts: number;
  readonly lastError: string | null;
  readonly bytes: number;
}

/** How many messages are where. */
export interface DeliveryCounts {
  readonly waiting: number;
  readonly dead: number;
  readonly oldestWaitingAt: Date | null;
}

const MAX_ERROR_LENGTH = 500;

/** Notes a message in the transaction that makes it true; it leaves once that has committed. Returns its id. */
export async function addDelivery(queries: Queries, delivery: NewDelivery, now: Date): Promise<string> {
  const id = randomUUID();
  await queries.query(
    `INSERT INTO webhook_delivery (id, endpoint_id, content_type, body, created_at, due_at)
     VALUES ($1, $2, $3, $4, $5, $5)`,
    [id, delivery.endpointId, delivery.contentType, Buffer.from(delivery.body), now],
  );
  return id;
}

/** Messages on their way, in Postgres, so that a process that dies loses none. */
export class DeliveryRepository {
  public constructor(private readonly dataSource: DataSource) {}

  /**
   * Takes endpoints whose oldest waiting message is due and that nobody else works on.
   *
   * @param leaseEnds until then they are this process's; one that dies leaves them to others after that
   */
  public async claim(limit: number, now: Date, leaseEnds: Date): Promise<ClaimedEndpoint[]> {
    return this.dataSource.query(
      `WITH head AS (
         SELECT DISTINCT ON (endpoint_id) endpoint_id, due_at FROM webhook_delivery
         WHERE state = 'WAITING' ORDER BY endpoint_id, seq
       ), due AS (
         SELECT e.id FROM webhook_endpoint e JOIN head ON head.endpoint_id = e.id
         WHERE head.due_at <= $1 AND (e.leased_until IS NULL OR e.leased_until <= $1)
         ORDER BY head.due_at LIMIT $3 FOR UPDATE OF e SKIP LOCKED
       ), claimed AS (
         UPDATE webhook_endpoint e SET leased_until = $2 FROM due WHERE e.id = due.id
         RETURNING e.id, e.url, e.secret, e.signature_header
       )
       SELECT id, url, secret, signature_header AS "signatureHeader" FROM claimed`,
      [now, leaseEnds, limit],
    );
  }

  /** The oldest waiting message of an endpoint if it is due; its lease is made longer. */
  public async next(endpointId: string, now: Date, leaseEnds: Date): Promise<NextDelivery | undefined> {
    await this.dataSource.query('UPDATE webhook_endpoint SET leased_until = $2 WHERE id = $1', [
      endpointId,
      leaseEnds,
    ]);
    const [head]: (NextDelivery & { readonly dueAt: Date })[] = await this.dataSource.query(
      `SELECT id, attempts, content_type AS "contentType", body, due_at AS "dueAt" FROM webhook_delivery
       WHERE endpoint_id = $1 AND state = 'WAITING' ORDER BY seq LIMIT 1`,
      [endpointId],
    );
    return head && head.dueAt <= now ? head : undefined;
  }

  public async release(endpointId: string): Promise<void> {
    await this.dataSource.query('UPDATE webhook_endpoint SET leased_until = NULL WHERE id = $1', [
      endpointId,
    ]);
  }

  /** The webhook has it; the body is let go. */
  public async delivered(endpointId: string, id: string, status: number, now: Date): Promise<void> {
    await this.dataSource.query(
      `WITH noted AS (
         UPDATE webhook_delivery SET state = 'DELIVERED', delivered_at = $3, last_status = $4, last_error = NULL,
           attempts = attempts + 1, body = NULL, due_at = NULL
         WHERE id = $2 AND state = 'WAITING'
       )
       UPDATE webhook_endpoint SET last_delivered_at = $3 WHERE id = $1`,
      [endpointId, id, now, status],
    );
  }

  /** @param dueAgain null gives the message up */
  public async failed(
    id: string,
    reason: string,
    status: number | null,
    dueAgain: Date | null,
  ): Promise<void> {
    await this.dataSource.query(
      `UPDATE webhook_delivery SET attempts = attempts + 1, last_error = $2, last_status = $3, due_at = $4,
         state = CASE WHEN $4::timestamptz IS NULL THEN 'DEAD' ELSE 'WAITING' END
       WHERE id = $1 AND state = 'WAITING'`,
      [id, reason.slice(0, MAX_ERROR_LENGTH), status, dueAgain],
    );
  }

  public async counts(): Promise<DeliveryCounts> {
    const [counts] = await this.dataSource.query<[DeliveryCounts]>(
      `SELECT (count(*) FILTER (WHERE state = 'WAITING'))::integer AS waiting,
         (count(*) FILTER (WHERE state = 'DEAD'))::integer AS dead,
         min(created_at) FILTER (WHERE state = 'WAITING') AS "oldestWaitingAt"
       FROM webhook_delivery WHERE state <> 'DELIVERED'`,
    );
    return counts;
  }

  /** Messages that were given up, oldest first: of one endpoint, or of all. */
  public async dead(endpointId: string | null, first: number): Promise<DeadDelivery[]> {
    return this.dataSource.query(
      `SELECT d.id, d.endpoint_id AS "endpointId", e.partner, e.purpose, e.url, d.created_at AS "createdAt", d.attempts,
         d.last_error AS "lastError", coalesce(octet_length(d.body), 0) AS bytes
       FROM webhook_delivery d JOIN webhook_endpoint e ON e.id = d.endpoint_id
       WHERE d.state = 'DEAD' AND ($1::uuid IS NULL OR d.endpoint_id = $1) ORDER BY d.seq LIMIT $2`,
      [endpointId, first],
    );
  }

  /**
   * Sends given-up messages again, with attempts counted from the start.
   *
   * @param selection of an endpoint, one message, or both; with neither, all
   * @returns how many
   */
  public async retry(
    { endpointId, deliveryId }: { endpointId?: string; deliveryId?: string },
    now: Date,
  ): Promise<number> {
    const [{ count }] = await this.dataSource.query<[{ count: number }]>(
      `WITH again AS (
         UPDATE webhook_delivery SET state = 'WAITING', due_at = $3, attempts = 0
         WHERE state = 'DEAD' AND ($1::uuid IS NULL OR endpoint_id = $1) AND ($2::text IS NULL OR id::text = lower($2))
         RETURNING id)
       SELECT count(*)::integer AS count FROM again`,
      [endpointId ?? null, deliveryId ?? null, now],
    );
    return count;
  }
}
