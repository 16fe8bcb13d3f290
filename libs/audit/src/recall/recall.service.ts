import { Injectable } from '@nestjs/common';
import { bulkInsert } from '@tallyhouse/database';
import { fromHex, keccak256, type Hex } from '@tallyhouse/proofs';
import { addDelivery } from '@tallyhouse/webhooks';
import { DataSource, type EntityManager } from 'typeorm';
import { AuditError } from '../audit.errors.js';
import { RecallPreviewReader, type AffectedItem, type RecallPreview } from './recall-preview.reader.js';
import type { RecallCriteria } from './criteria.js';

/** Webhooks that are told of recalls. */
export const RECALL_WEBHOOK = {
  purpose: 'recall',
  signatureHeader: 'x-tallyhouse-signature',
  keepsHistory: true,
} as const;

const ITEM_COLUMNS = {
  ...{ recall_id: 'text', ordinal: 'int', uri: 'text', state: 'text', certainty: 'text', depth: 'int' },
  ...{
    location: 'text',
    holder: 'text',
    quantity: 'numeric',
    gone: 'numeric',
    uom: 'text',
    last_event: 'uuid',
  },
  last_seen: 'timestamptz',
};

/** How a recall is opened. */
export interface RecallOpening {
  readonly clock: () => Date;
  /** A mock recall: nothing goes on chain, and holders are told that it is a drill. */
  readonly drill?: boolean;
}

/** Opens recalls. */
@Injectable()
export class RecallService {
  public constructor(
    private readonly dataSource: DataSource,
    private readonly previews: RecallPreviewReader,
  ) {}

  /**
   * Fixes what is recalled now: the list, its root, and a message to each holder, in one transaction. A worker puts
   * criteria hash and root on chain and sends the messages. Opening the same recall again changes nothing; each drill
   * is one of its own.
   *
   * @param partner address of the opener
   * @returns id of the recall, as RecallNotice names it
   * @throws AuditError `RECALL_INVALID` when nothing is affected, or more than can be followed
   */
  public async open(
    partner: string,
    criteria: RecallCriteria,
    { clock, drill = false }: RecallOpening,
  ): Promise<string> {
    const begunAt = clock();
    const preview = await this.previews.preview(criteria);
    if (preview.affectedRoot === null)
      throw new AuditError('RECALL_INVALID', 'criteria: nothing that was captured meets them');
    if (preview.truncated)
      throw new AuditError(
        'RECALL_INVALID',
        'criteria: more is affected than one recall can hold; narrow them',
      );
    const opener = partner.toLowerCase();
    const { criteriaHash, affectedRoot } = preview;
    const id = drill ? drillId(opener, criteriaHash, begunAt) : recallId(opener, criteriaHash, affectedRoot);
    const times = { begunAt, listedAt: clock() };
    await this.dataSource.transaction((manager) => store(manager, { id, opener, preview, drill, times }));
    return id;
  }
}

/** What RecallNotice calls a recall: Keccak-256 of opener, criteria hash and root, ABI-encoded. */
export function recallId(opener: string, criteriaHash: Hex, root: Hex): Hex {
  const words = [`0x${'0'.repeat(24)}${opener.slice(2)}`, criteriaHash, root];
  const bytes = Buffer.concat(words.map((word) => Buffer.from(fromHex(word, 32))));
  return keccak256(new Uint8Array(bytes));
}

/** The chain knows no drill, so its name is ours: by opener, criteria and the time at which it began. */
function drillId(opener: string, criteriaHash: Hex, begunAt: Date): Hex {
  const words = ['recall drill', opener, criteriaHash, begunAt.toISOString()];
  return keccak256(new TextEncoder().encode(words.join('|')));
}

interface Opening {
  readonly id: string;
  readonly opener: string;
  readonly preview: RecallPreview;
  readonly drill: boolean;
  readonly times: { readonly begunAt: Date; readonly listedAt: Date };
}

async function store(manager: EntityManager, opening: Opening): Promise<void> {
  const { id, opener, preview, drill, times } = opening;
  const { criteria, criteriaHash, affectedRoot, items } = preview;
  const inserted: unknown[] = await manager.query(
    `INSERT INTO recall (id, partner, criteria, criteria_hash, affected_root, affected_count, drill, created_at, listed_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING RETURNING id`,
    [
      ...[id, opener, JSON.stringify(criteria), criteriaHash, affectedRoot, items.length, drill],
      ...[times.begunAt, times.listedAt],
    ],
  );
  if (inserted.length === 0) return;
  await bulkInsert(
    manager,
    'recall_item',
    ITEM_COLUMNS,
    items.map((item, ordinal) => itemRow(id, item, ordinal)),
  );
  await tellHolders(manager, opening);
}

/** A message to each holder; with a webhook for recalls it is on its way as soon as the recall is stored. */
async function tellHolders(
  manager: EntityManager,
  { id, opener, preview, drill, times }: Opening,
): Promise<void> {
  const now = times.listedAt;
  const holders: { partner: string; items: number; endpointId: string | null }[] = await manager.query(
    `SELECT held.partner, held.items, hook.id AS "endpointId"
     FROM (SELECT holder AS partner, count(*)::integer AS items FROM recall_item
       WHERE recall_id = $1 AND holder IS NOT NULL GROUP BY holder) held
     LEFT JOIN LATERAL (SELECT id FROM recall_endpoints() e WHERE e.partner = held.partner
       ORDER BY e.created_at LIMIT 1) hook ON true
     ORDER BY held.partner`,
    [id],
  );
  const { criteriaHash, affectedRoot } = preview;
  for (const { partner, items, endpointId } of holders) {
    const message = {
      type: drill ? 'recall.drill' : 'recall.opened',
      recallId: id,
      opener,
      partner,
      items,
      criteriaHash,
      affectedRoot,
    };
    const body = new TextEncoder().encode(JSON.stringify(message));
    const deliveryId =
      endpointId && (await addDelivery(manager, { endpointId, contentType: 'application/json', body }, now));
    await manager.query(
      'INSERT INTO recall_message (recall_id, partner, created_at, delivery_id) VALUES ($1, $2, $3, $4)',
      [id, partner, now, deliveryId],
    );
  }
}

function itemRow(id: string, item: AffectedItem, ordinal: number): unknown[] {
  const { uri, state, certainty, depth, location, holder, amount, lastEvent, lastSeen } = item;
  const gone = amount ? amount.consumed + amount.sold + amount.disposed : null;
  return [
    ...[id, ordinal, uri, state, certainty, depth, location, holder],
    ...[amount?.made, gone, amount?.uom, lastEvent, lastSeen],
  ];
}
