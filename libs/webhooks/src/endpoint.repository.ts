import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';

type Queries = Pick<EntityManager, 'query'>;

/** A webhook of a partner. */
export interface NewEndpoint {
  /** What it is told: `recall`, `epcis-subscription` and so on. */
  readonly purpose: string;
  /** Address, lower case. */
  readonly partner: string;
  readonly url: string;
  /** Null: messages are not signed. */
  readonly secret: Uint8Array | null;
  readonly signatureHeader: string;
  /** Whether what was delivered is remembered for good; otherwise for 30 days. */
  readonly keepsHistory: boolean;
}

/** A webhook and how its messages stand. */
export interface EndpointRow {
  readonly id: string;
  readonly purpose: string;
  readonly partner: string;
  readonly url: string;
  readonly createdAt: Date;
  readonly lastDeliveredAt: Date | null;
  readonly waiting: number;
  readonly dead: number;
}

/** Keeps a webhook; returns its id. The caller has looked at the address with `resolveTarget`. */
export async function addEndpoint(queries: Queries, endpoint: NewEndpoint, now: Date): Promise<string> {
  const id = randomUUID();
  await queries.query(
    `INSERT INTO webhook_endpoint (id, purpose, partner, url, secret, signature_header, keeps_history, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      id,
      endpoint.purpose,
      endpoint.partner.toLowerCase(),
      endpoint.url,
      endpoint.secret === null ? null : Buffer.from(endpoint.secret),
      endpoint.signatureHeader,
      endpoint.keepsHistory,
      now,
    ],
  );
  return id;
}

/** Forgets a webhook and what waits for it; false when there is none of that id. */
export async function removeEndpoint(queries: Queries, id: string): Promise<boolean> {
  const gone = await queries.query<unknown[]>(
    `WITH gone AS (DELETE FROM webhook_endpoint WHERE id = $1 RETURNING id) SELECT id FROM gone`,
    [id],
  );
  return gone.length > 0;
}

/** Webhooks, oldest first, at most 1,000: of one partner, or of all; for one purpose, or for all. */
export async function listEndpoints(
  queries: Queries,
  { partner, purpose }: { partner?: string; purpose?: string } = {},
): Promise<EndpointRow[]> {
  return queries.query(
    `SELECT e.id, e.purpose, e.partner, e.url, e.created_at AS "createdAt", e.last_delivered_at AS "lastDeliveredAt",
       count(d.id) FILTER (WHERE d.state = 'WAITING')::integer AS waiting,
       count(d.id) FILTER (WHERE d.state = 'DEAD')::integer AS dead
     FROM webhook_endpoint e LEFT JOIN webhook_delivery d ON d.endpoint_id = e.id AND d.state <> 'DELIVERED'
     WHERE ($1::text IS NULL OR e.partner = $1) AND ($2::text IS NULL OR e.purpose = $2)
     GROUP BY e.id ORDER BY e.created_at, e.id LIMIT 1000`,
    [partner?.toLowerCase() ?? null, purpose ?? null],
  );
}
