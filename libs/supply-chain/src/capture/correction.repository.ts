import type { EntityManager } from 'typeorm';
import type { EventRecord } from './event-record.js';

const HASH_ID = /^ni:\/\/\/sha-256;([0-9a-f]{64})\?ver=CBV2\.0$/;

/** Notes for each event that declares another one wrong what it declares; in the transaction that stores the event. */
export async function storeCorrections(
  manager: Pick<EntityManager, 'query'>,
  records: readonly EventRecord[],
): Promise<void> {
  const rows = records.flatMap(correctionRow);
  if (rows.length === 0) return;
  await manager.query(
    `INSERT INTO event_correction
       (declaration_id, partner, event_hash, named_event_id, reason, declaration_time, corrective_event_ids,
        corrective_hashes)
     SELECT id, partner, decode(hash, 'hex'), named, reason, time, ids, hashes
     FROM jsonb_to_recordset($1::jsonb) AS input
       (id uuid, partner text, hash text, named text, reason text, time timestamptz, ids text[], hashes text[])`,
    [JSON.stringify(rows)],
  );
}

function correctionRow(record: EventRecord): object[] {
  const declaration = record.event.errorDeclaration;
  if (!declaration) return [];
  const ids = declaration.correctiveEventIDs ?? [];
  const row = {
    id: record.id,
    partner: record.partner,
    hash: record.eventHash.slice(2),
    named: record.event.eventID,
    reason: declaration.reason,
    time: declaration.declarationTime,
    ids,
    hashes: ids.flatMap((id) => HASH_ID.exec(id)?.[1] ?? []),
  };
  return [row];
}
