import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import {
  documentOf,
  faultyShipment,
  openStore,
  OTHER_PARTNER,
  PARTNER,
  shipment,
  shipments,
  until,
  type StoredError,
  type TestStore,
} from '../../test/capture-kit.js';
import { CaptureService } from './capture.service.js';
import type { CaptureOptions } from './capture.types.js';

const WRITTEN = ['epcis_event', 'event_item', 'event_biz_tx', 'event_source_dest', 'anchor_queue'];
const rollback: CaptureOptions = { partner: PARTNER, errorBehaviour: 'ROLLBACK' };
const proceed: CaptureOptions = { partner: PARTNER, errorBehaviour: 'PROCEED' };

jest.setTimeout(60_000);

describe('capture on a real database', () => {
  let store: TestStore;
  let captures: CaptureService;
  beforeAll(async () => {
    store = await openStore();
    captures = new CaptureService(store.source);
  }, 60_000);
  afterAll(() => store.close());
  beforeEach(() => store.empty());

  const counts = (): Promise<number[]> => Promise.all(WRITTEN.map((table) => store.count(table)));
  const errorsOf = (job: string): Promise<StoredError[]> =>
    store.rows('SELECT event_index, pointer, rule FROM capture_error WHERE job_id = $1 ORDER BY ordinal', [
      job,
    ]);

  it('stores each event once with all it mentions, and queues it for anchoring', async () => {
    const outcome = await captures.capture(documentOf(shipments(0, 3)), rollback);
    expect(outcome).toMatchObject({ state: 'SUCCEEDED', total: 3, stored: 3, duplicate: 0, rejected: 0 });
    expect(await counts()).toEqual([3, 3, 3, 6, 3]);
    const [job] = await store.rows(
      'SELECT partner, state, stored, finished_at >= created_at AS finished FROM capture_job',
    );
    expect(job).toEqual({ partner: PARTNER.toLowerCase(), state: 'SUCCEEDED', stored: 3, finished: true });
  });

  it('keeps the event, its offset and its order as they were received', async () => {
    await captures.capture(JSON.stringify(documentOf([shipment(2), shipment(1)])), rollback);
    const rows = await store.rows<{ body: object; tz_offset: string }>(
      'SELECT body, tz_offset FROM epcis_event ORDER BY seq',
    );
    expect(rows.map((row) => row.body)).toEqual([shipment(2), shipment(1)]);
    expect(rows[0]?.tz_offset).toBe('+01:00');
  });

  it('stores nothing more when the same document comes again, as bytes or parsed, and says so', async () => {
    const document = documentOf(shipments(0, 4));
    await captures.capture(document, rollback);
    const before = await store.rows('SELECT id, seq, disclosure_root FROM epcis_event ORDER BY seq');
    const again = await captures.capture(new TextEncoder().encode(JSON.stringify(document)), rollback);
    expect(again).toMatchObject({ state: 'SUCCEEDED', total: 4, stored: 0, duplicate: 4 });
    expect(await counts()).toEqual([4, 4, 4, 8, 4]);
    expect(await store.rows('SELECT id, seq, disclosure_root FROM epcis_event ORDER BY seq')).toEqual(before);
  });

  it('stores an event once that stands twice in one document', async () => {
    const outcome = await captures.capture(documentOf([shipment(1), shipment(2), shipment(1)]), rollback);
    expect(outcome).toMatchObject({ state: 'SUCCEEDED', total: 3, stored: 2, duplicate: 1 });
    expect(await counts()).toEqual([2, 2, 2, 4, 2]);
  });

  it('finds the second of two equal events that stand far apart in a large document', async () => {
    const outcome = await captures.capture(documentOf([...shipments(0, 1_200), shipment(0)]), rollback);
    expect(outcome).toMatchObject({ total: 1_201, stored: 1_200, duplicate: 1 });
    const order = await store.rows<{ epc: string }>(
      "SELECT body->'epcList'->>0 AS epc FROM epcis_event ORDER BY seq",
    );
    expect(order.map((row) => row.epc)).toEqual(shipments(0, 1_200).map((event) => event.epcList?.[0]));
  });

  it('stores the same event of two partners twice', async () => {
    await captures.capture(documentOf([shipment(1)]), rollback);
    const other = await captures.capture(documentOf([shipment(1)]), { ...rollback, partner: OTHER_PARTNER });
    expect(other).toMatchObject({ stored: 1, duplicate: 0 });
  });

  it('stores an event once when it is sent several times at once', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 4 }, () => captures.capture(documentOf(shipments(0, 50)), rollback)),
    );
    expect(outcomes.map((outcome) => outcome.stored).sort((a, b) => a - b)).toEqual([0, 0, 0, 50]);
    expect((await counts())[0]).toBe(50);
  });

  it('stores each event once when documents sent at once hold the same events in opposite order', async () => {
    const documents = [shipments(0, 1_100), shipments(0, 1_100).reverse()].map(documentOf);
    const outcomes = await Promise.all(documents.map((document) => captures.capture(document, rollback)));
    expect(outcomes.map(({ stored, duplicate }) => stored + duplicate)).toEqual([1_100, 1_100]);
    expect((await counts())[0]).toBe(1_100);
  });

  it('stores nothing but the job and its errors when one event is bad and the behaviour is ROLLBACK', async () => {
    const outcome = await captures.capture(documentOf([shipment(0), faultyShipment(1)]), rollback);
    expect(outcome).toMatchObject({ state: 'FAILED', total: 2, stored: 0, rejected: 2 });
    expect(await counts()).toEqual([0, 0, 0, 0, 0]);
    expect(await store.count('capture_job')).toBe(1);
    expect(await errorsOf(outcome.id)).toEqual([
      { event_index: 1, pointer: '/epcisBody/eventList/1/action', rule: 'required' },
    ]);
  });

  it('stores the good events alone when the behaviour is PROCEED', async () => {
    const outcome = await captures.capture(
      documentOf([shipment(0), faultyShipment(1), shipment(2)]),
      proceed,
    );
    expect(outcome).toMatchObject({ state: 'PARTIAL', total: 3, stored: 2, duplicate: 0, rejected: 1 });
    expect(await counts()).toEqual([2, 2, 2, 4, 2]);
    expect((await errorsOf(outcome.id)).map((error) => error.event_index)).toEqual([1]);
  });

  it('fails a document of bad events only, whatever the behaviour', async () => {
    const outcome = await captures.capture(documentOf([faultyShipment(0), faultyShipment(1)]), proceed);
    expect(outcome).toMatchObject({ state: 'FAILED', total: 2, stored: 0, rejected: 2 });
  });

  it('rejects every bad event of a document with more errors than it keeps', async () => {
    const bad = Array.from({ length: 1_100 }, (_, index) => faultyShipment(index));
    const outcome = await captures.capture(
      documentOf([...bad, shipment(5_000), faultyShipment(5_001)]),
      proceed,
    );
    expect(outcome).toMatchObject({ state: 'PARTIAL', total: 1_102, stored: 1, rejected: 1_101 });
    const errors = await errorsOf(outcome.id);
    expect(errors).toHaveLength(1_000);
    expect(errors[999]).toMatchObject({ event_index: 999, pointer: '/epcisBody/eventList/999/action' });
  });

  it('refuses what is no document, and keeps the reason', async () => {
    const outcome = await captures.capture('{"type":"EPCISDocument"', proceed);
    expect(outcome).toMatchObject({ state: 'FAILED', total: 0, stored: 0 });
    expect(await errorsOf(outcome.id)).toMatchObject([{ event_index: null, rule: 'json' }]);
  });

  it('keeps the reason of a refusal that quotes a NUL', async () => {
    const outcome = await captures.capture('{"type":"a\\u0000b"}', rollback);
    expect(await errorsOf(outcome.id)).toMatchObject([{ pointer: '/type', rule: 'text' }]);
  });

  it('leaves nothing when its connection dies in mid-transaction, and takes the document afterwards', async () => {
    const blocker = (await store.connect()).createQueryRunner();
    await blocker.startTransaction();
    await blocker.query('LOCK TABLE capture_job IN ACCESS EXCLUSIVE MODE');
    const dying = new CaptureService(await store.connect());
    const lost = dying.capture(documentOf(shipments(0, 600)), rollback).catch((error: unknown) => error);
    const waiting = `FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`;
    await until(async () => (await store.rows(`SELECT ${waiting}`)).length === 1);
    await store.rows(`SELECT pg_terminate_backend(pid) ${waiting}`);
    expect(await lost).toBeInstanceOf(Error);
    await blocker.rollbackTransaction();
    await blocker.release();
    expect(await counts()).toEqual([0, 0, 0, 0, 0]);
    expect(await store.count('capture_job')).toBe(0);
    expect(await captures.capture(documentOf(shipments(0, 600)), rollback)).toMatchObject({ stored: 600 });
  });
});
