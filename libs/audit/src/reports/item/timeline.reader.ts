import type { EpcisEvent } from '@tallyhouse/epcis';
import { anchoredBy, Bindings, type Known, type Queryable } from '../../trace/as-of.js';
import { eventCountsAsOf } from '../../trace/event-counts.js';
import { readEdges, type Reach } from '../../trace/neighbour.repository.js';

/** An event of an item's life, whether it stands or was declared wrong. */
export interface LifeEvent {
  readonly id: string;
  readonly eventHashId: string;
  readonly time: Date;
  readonly type: string;
  readonly action: string | null;
  readonly bizStep: string | null;
  readonly disposition: string | null;
  readonly location: string | null;
  readonly locationName: string | null;
  readonly partner: string;
  readonly partnerName: string | null;
  readonly through: string;
  readonly body: EpcisEvent;
  readonly stands: boolean;
  readonly root: string | null;
  readonly blockNumber: string | null;
  readonly txHash: string | null;
}

const UP = { side: 'source', kinds: ['AGGREGATION', 'ASSOCIATION'] } as const;
const MAX_NESTING = 8;
const MAX_CONTAINERS = 200;
export const MAX_LIFE_EVENTS = 500;

/**
 * Events that name an item, and those of the containers around it while it was inside; oldest first, at most
 * {@link MAX_LIFE_EVENTS} and one more, which says that there are others.
 */
export async function lifeOf(manager: Queryable, uri: string, known: Known): Promise<LifeEvent[]> {
  const reaches = await reachesOf(manager, uri, known);
  const bindings = new Bindings();
  const names = bindings.bind(reaches.map((reach) => reach.uri));
  const froms = bindings.bind(reaches.map(({ from }) => instant(from)));
  const tos = bindings.bind(reaches.map(({ to }) => instant(to)));
  return manager.query(
    `WITH life AS (
       SELECT DISTINCT ON (i.event_time, i.event_id) i.event_time, i.event_id, n.uri AS through
       FROM unnest(${names}::text[], ${froms}::timestamptz[], ${tos}::timestamptz[])
         WITH ORDINALITY AS n (uri, reach_from, reach_to, ordinality)
       JOIN event_item i ON i.uri = n.uri AND i.event_time BETWEEN n.reach_from AND n.reach_to
       ORDER BY i.event_time, i.event_id, n.ordinality)
     SELECT e.id, 'ni:///sha-256;' || encode(e.event_hash, 'hex') || '?ver=CBV2.0' AS "eventHashId",
       e.event_time AS time, e.event_type AS type, e.action, e.biz_step AS "bizStep", e.disposition,
       coalesce(e.biz_location, e.read_point) AS location, s.name AS "locationName", e.partner, p.name AS "partnerName",
       life.through, e.body, (${eventCountsAsOf(known, 'e', bindings)}) AS stands, chain.root,
       chain.block_number AS "blockNumber", chain.tx_hash AS "txHash"
     FROM life JOIN epcis_event e ON e.event_time = life.event_time AND e.id = life.event_id
     LEFT JOIN site s ON s.uri = coalesce(e.biz_location, e.read_point)
     LEFT JOIN partner_current p ON p.partner = e.partner
     LEFT JOIN LATERAL (
       SELECT b.root, t.block_number::text, t.tx_hash FROM anchor_leaf l JOIN anchor_batch b ON b.id = l.batch_id
       JOIN trace_anchored t ON t.partner = b.partner AND t.root = b.root WHERE l.event_id = e.id LIMIT 1) chain ON true
     WHERE ${existedAsOf(known, 'e', bindings)}
       AND NOT EXISTS (SELECT FROM event_correction d WHERE d.declaration_id = e.id)
     ORDER BY e.event_time, e.seq LIMIT ${MAX_LIFE_EVENTS + 1}`,
    bindings.values,
  );
}

/** The item for all time, and each container for the time in which the item was inside, whatever lay between. */
async function reachesOf(manager: Queryable, uri: string, known: Known): Promise<Reach[]> {
  const reaches: Reach[] = [{ uri, from: -Infinity, to: Infinity }];
  let frontier = [...reaches];
  for (let level = 0; level < MAX_NESTING && frontier.length > 0; level += 1) {
    const edges = await readEdges(manager, frontier, UP, known, MAX_CONTAINERS);
    const inner = frontier;
    frontier = edges.flatMap(({ index, target, validFrom, validTo }) => {
      const { from, to } = inner[index]!;
      const reach = {
        uri: target,
        from: Math.max(from, validFrom.getTime()),
        to: Math.min(to, validTo?.getTime() ?? Infinity),
      };
      return reach.from > reach.to || reaches.some((other) => covers(other, reach)) ? [] : [reach];
    });
    reaches.push(...frontier.slice(0, MAX_CONTAINERS - reaches.length));
    if (reaches.length >= MAX_CONTAINERS) break;
  }
  return reaches;
}

function covers(outer: Reach, inner: Reach): boolean {
  return outer.uri === inner.uri && outer.from <= inner.from && outer.to >= inner.to;
}

/** SQL condition that an event was known by then, right or wrong. */
function existedAsOf({ asOf }: Known, event: string, bindings: Bindings): string {
  switch (asOf.kind) {
    case 'NOW':
      return 'true';
    case 'TIME':
      return `${event}.record_time <= ${bindings.bind(asOf.time)}::timestamptz`;
    case 'BLOCK':
      return anchoredBy(`${bindings.bind(asOf.block.toString())}::bigint`, `${event}.id`);
  }
}

function instant(milliseconds: number): string {
  if (milliseconds === Infinity) return 'infinity';
  return milliseconds === -Infinity ? '-infinity' : new Date(milliseconds).toISOString();
}
