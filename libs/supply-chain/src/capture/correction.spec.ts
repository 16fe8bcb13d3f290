import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { eventHashId, type EpcisEvent } from '@tallyhouse/epcis';
import {
  documentOf,
  openStore,
  OTHER_PARTNER,
  PARTNER,
  shipment,
  type TestStore,
} from '../../test/capture-kit.js';
import { CaptureService } from './capture.service.js';
import { CorrectionReader, type EventCorrection } from './correction.reader.js';

const DECLARED = '2026-01-07T10:00:00Z';

/** The event again, as the standard demands, with the declaration that it was wrong. */
function declarationOf(event: EpcisEvent, correctiveEventIDs?: string[]): EpcisEvent {
  const errorDeclaration = { declarationTime: DECLARED, reason: 'incorrect_data', correctiveEventIDs };
  return { ...event, errorDeclaration };
}

jest.setTimeout(60_000);

describe('corrections on a real database', () => {
  let store: TestStore;
  let captures: CaptureService;
  let reader: CorrectionReader;
  beforeAll(async () => {
    store = await openStore();
    captures = new CaptureService(store.source);
    reader = new CorrectionReader(store.source);
  }, 60_000);
  afterAll(() => store.close());
  beforeEach(() => store.empty());

  async function send(event: EpcisEvent, partner = PARTNER): Promise<string> {
    const { id } = await captures.capture(documentOf([event]), { partner, errorBehaviour: 'ROLLBACK' });
    const [row] = await store.rows<{ id: string }>('SELECT id FROM epcis_event WHERE capture_job = $1', [id]);
    if (!row)
      throw new Error(`not stored: ${JSON.stringify(await store.rows('SELECT * FROM capture_error'))}`);
    return row.id;
  }
  const corrections = async (...ids: string[]): Promise<EventCorrection[]> => reader.ofEvents(ids);

  it('keep the event and store the declaration as an event of the same hash', async () => {
    const original = await send(shipment(1));
    const declaration = await send(declarationOf(shipment(1)));
    const rows = await store.rows('SELECT id, body FROM epcis_event ORDER BY seq');
    expect(rows).toEqual([
      { id: original, body: shipment(1) },
      { id: declaration, body: JSON.parse(JSON.stringify(declarationOf(shipment(1)))) },
    ]);
    expect(await store.count('(SELECT DISTINCT event_hash FROM epcis_event) h')).toBe(1);
    expect(await store.count('anchor_queue')).toBe(2);
  });

  it('show who declared the event wrong, why and since when', async () => {
    const original = await send(shipment(1));
    const other = await send(shipment(2));
    const declaration = await send(declarationOf(shipment(1)));
    expect(await corrections(original, other, declaration)).toEqual([
      {
        eventId: original,
        declaredErroneousBy: declaration,
        reason: 'incorrect_data',
        declarationTime: new Date(DECLARED),
        correctiveEventIds: [],
        correctedBy: [],
      },
    ]);
  });

  it('are linked when the declaration comes before its event, also within one document', async () => {
    const declaration = await send(declarationOf(shipment(1)));
    expect(await corrections(declaration)).toEqual([]);
    const original = await send(shipment(1));
    expect(await corrections(original)).toMatchObject([{ declaredErroneousBy: declaration }]);
    const both = documentOf([declarationOf(shipment(5)), shipment(5)]);
    const outcome = await captures.capture(both, { partner: PARTNER, errorBehaviour: 'ROLLBACK' });
    expect(outcome).toMatchObject({ stored: 2, duplicate: 0 });
    expect(await store.count('event_declared_erroneous')).toBe(2);
  });

  it('find the right events by their eventID and by their hash', async () => {
    const wrong = await send({ ...shipment(1), eventID: 'urn:uuid:00000000-0000-4000-8000-000000000001' });
    const named = { ...shipment(2), eventID: 'urn:uuid:00000000-0000-4000-8000-000000000002' };
    const right = [await send(named), await send(shipment(3))];
    const ids = [named.eventID, eventHashId(shipment(3)), 'urn:uuid:00000000-0000-4000-8000-000000000009'];
    await send(
      declarationOf({ ...shipment(1), eventID: 'urn:uuid:00000000-0000-4000-8000-000000000001' }, ids),
    );
    const [correction] = await corrections(wrong);
    expect(correction?.correctiveEventIds).toEqual(ids);
    expect(correction?.correctedBy).toEqual(right.sort());
  });

  it('tell events of equal content apart by their eventID', async () => {
    const [one, two] = [
      'urn:uuid:00000000-0000-4000-8000-00000000000a',
      'urn:uuid:00000000-0000-4000-8000-00000000000b',
    ];
    const first = await send({ ...shipment(1), eventID: one });
    const second = await send({ ...shipment(1), eventID: two });
    await send(declarationOf({ ...shipment(1), eventID: two }));
    expect((await corrections(first, second)).map((correction) => correction.eventId)).toEqual([second]);
  });

  it('are told from the other side: what a declaration and a right event correct', async () => {
    const wrong = await send({ ...shipment(1), eventID: 'urn:uuid:00000000-0000-4000-8000-0000000000f1' });
    const right = await send({ ...shipment(2), eventID: 'urn:uuid:00000000-0000-4000-8000-0000000000f2' });
    const byHash = await send(shipment(3));
    const other = await send(shipment(4));
    const declaration = await send(
      declarationOf({ ...shipment(1), eventID: 'urn:uuid:00000000-0000-4000-8000-0000000000f1' }, [
        'urn:uuid:00000000-0000-4000-8000-0000000000f2',
        eventHashId(shipment(3)),
      ]),
    );
    const found = await reader.byEvents([wrong, right, byHash, other, declaration]);
    expect(found.map(({ by, eventId }) => `${by} ${eventId}`).sort()).toEqual(
      [right, byHash, declaration].map((by) => `${by} ${wrong}`).sort(),
    );
  });

  it('concern no event of another partner', async () => {
    const foreign = await send(shipment(1), OTHER_PARTNER);
    await send(declarationOf(shipment(1)));
    expect(await corrections(foreign)).toEqual([]);
  });

  it('are stored once when the declaration is sent twice', async () => {
    const original = await send(shipment(1));
    await send(declarationOf(shipment(1)));
    const again = await captures.capture(documentOf([declarationOf(shipment(1))]), {
      partner: PARTNER,
      errorBehaviour: 'ROLLBACK',
    });
    expect(again).toMatchObject({ stored: 0, duplicate: 1 });
    expect(await corrections(original)).toHaveLength(1);
  });

  it('are not stored when their document is refused', async () => {
    const document = documentOf([declarationOf(shipment(1)), { ...shipment(2), action: undefined }]);
    await captures.capture(document, { partner: PARTNER, errorBehaviour: 'ROLLBACK' });
    expect(await store.count('event_correction')).toBe(0);
  });
});
