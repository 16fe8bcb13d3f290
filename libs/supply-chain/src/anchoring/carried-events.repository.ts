import type { EpcisEvent, JsonValue } from '@tallyhouse/epcis';
import { toHex } from '@tallyhouse/proofs';
import type { EntityManager } from 'typeorm';
import { namespacesOf } from '../bundle/namespaces.js';
import type { WaitingEvent } from './batch.js';
import type { CarriedEvent } from './payload.js';

/** What a payload needs of stored events, in their order. */
export async function carriedEvents(
  manager: EntityManager,
  events: readonly WaitingEvent[],
): Promise<CarriedEvent[]> {
  const rows: { id: string; captureJob: string; body: EpcisEvent; context: JsonValue | null }[] =
    await manager.query(
      `SELECT e.id, e.capture_job AS "captureJob", e.body, j.context FROM epcis_event e
     LEFT JOIN capture_job j ON j.id = e.capture_job WHERE e.id = ANY($1::uuid[])`,
      [events.map(({ eventId }) => eventId)],
    );
  const stored = new Map(rows.map((row) => [row.id, row]));
  return events.map((event) => {
    const { captureJob, body, context } = stored.get(event.eventId)!;
    const eventHashId = toHex(event.eventHash);
    const namespaces = namespacesOf(body, eventHashId, context);
    return {
      ...{ recordTime: event.recordTime.toISOString(), captureJob, namespaces, body },
      secret: Buffer.from(event.disclosureSecret).toString('base64'),
      ...(namespaces === null && { eventHashId }),
    };
  });
}
