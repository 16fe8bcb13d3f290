import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import {
  documentOf,
  faultyShipment,
  openStore,
  PARTNER,
  shipment,
  shipments,
  until,
  type StoredError,
  type TestStore,
} from '../../test/capture-kit.js';
import { CaptureService } from './capture.service.js';
import type { CaptureOptions } from './capture.types.js';

const rollback: CaptureOptions = { partner: PARTNER, errorBehaviour: 'ROLLBACK' };
const proceed: CaptureOptions = { partner: PARTNER, errorBehaviour: 'PROCEED' };

/** The text in pieces of an odd size; `between` is awaited after each. */
async function* pieces(text: string, between = async (_piece: number): Promise<void> => {}) {
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length; at += 9_973) {
    yield bytes.subarray(at, at + 9_973);
    await between(at / 9_973);
  }
}

jest.setTimeout(60_000);

describe('capture of a stream on a real database', () => {
  let store: TestStore;
  let captures: CaptureService;
  beforeAll(async () => {
    store = await openStore();
    captures = new CaptureService(store.source);
  }, 60_000);
  afterAll(() => store.close());
  beforeEach(() => store.empty());

  const send = (document: object | string, options = rollback) =>
    captures.captureStream(
      pieces(typeof document === 'string' ? document : JSON.stringify(document)),
      options,
    );
  const errorsOf = (job: string): Promise<StoredError[]> =>
    store.rows('SELECT event_index, pointer, rule FROM capture_error WHERE job_id = $1 ORDER BY ordinal', [
      job,
    ]);
  const jobs = (): Promise<Record<string, unknown>[]> =>
    store.rows('SELECT state, total, stored, rejected FROM capture_job');

  async function expectNothingStored(): Promise<void> {
    for (const table of ['epcis_event', 'event_item', 'event_biz_tx', 'event_source_dest', 'anchor_queue']) {
      expect(await store.count(table)).toBe(0);
    }
  }

  it('stores what capture stores of the same document', async () => {
    const document = documentOf([...shipments(0, 1_300), shipment(7)]);
    const columns = `id, event_time, event_hash, jcs_sha256, biz_step, read_point, body::text FROM epcis_event`;
    const outcome = await send(document);
    expect(outcome).toMatchObject({ state: 'SUCCEEDED', total: 1_301, stored: 1_300, duplicate: 1 });
    const streamed = await store.rows(`SELECT ${columns} ORDER BY seq`);
    expect(await captures.capture(document, rollback)).toMatchObject({ stored: 0, duplicate: 1_301 });
    await store.empty();
    await captures.capture(document, rollback);
    expect(await store.rows(`SELECT ${columns} ORDER BY seq`)).toEqual(streamed);
  });

  it('shows a running job whose counts grow, and its events only when it has ended', async () => {
    let seen: unknown;
    const text = JSON.stringify(documentOf(shipments(0, 1_200)));
    const outcome = await captures.captureStream(
      pieces(text, async (piece) => {
        if (piece !== 60) return;
        await until(async () => (await jobs())[0]?.['total'] === 1_000);
        seen = [await jobs(), await store.count('epcis_event'), await captures.failAbandoned()];
      }),
      rollback,
    );
    const job = { state: 'RUNNING', total: 1_000, rejected: 0 };
    expect(seen).toMatchObject([[job], 0, 0]);
    expect(outcome).toMatchObject({ state: 'SUCCEEDED', stored: 1_200 });
    expect(await jobs()).toEqual([{ state: 'SUCCEEDED', total: 1_200, stored: 1_200, rejected: 0 }]);
  });

  it('stores nothing when a late event is bad and the behaviour is ROLLBACK', async () => {
    const outcome = await send(documentOf([...shipments(0, 1_100), faultyShipment(2_000)]));
    expect(outcome).toMatchObject({ state: 'FAILED', total: 1_101, stored: 0, rejected: 1_101 });
    await expectNothingStored();
    expect(await errorsOf(outcome.id)).toEqual([
      { event_index: 1_100, pointer: '/epcisBody/eventList/1100/action', rule: 'required' },
    ]);
  });

  it('stores the good events alone when the behaviour is PROCEED', async () => {
    const bad = Array.from({ length: 1_050 }, (_, index) => faultyShipment(5_000 + index));
    const outcome = await send(documentOf([...shipments(0, 600), ...bad, shipment(600)]), proceed);
    expect(outcome).toMatchObject({ state: 'PARTIAL', total: 1_651, stored: 601, rejected: 1_050 });
    expect(await store.count('epcis_event')).toBe(601);
    expect(await errorsOf(outcome.id)).toHaveLength(1_000);
  });

  it.each([
    ['has no schemaVersion', { schemaVersion: undefined }, '/schemaVersion', 'required'],
    ['is of another type', { type: 'Letter' }, '', 'event-list'],
  ])('stores nothing of a document that %s', async (_, change, pointer, rule) => {
    const outcome = await send({ ...documentOf(shipments(0, 600)), ...change }, proceed);
    expect(outcome).toMatchObject({ state: 'FAILED', stored: 0, rejected: 600 });
    await expectNothingStored();
    expect(await errorsOf(outcome.id)).toEqual([{ event_index: null, pointer, rule }]);
  });

  it.each(['@context', 'type'])('refuses a document whose %s stands behind its events', async (key) => {
    const { [key]: late, ...rest } = documentOf(shipments(0, 2)) as Record<string, unknown>;
    const outcome = await send({ ...rest, [key]: late });
    expect(await errorsOf(outcome.id)).toEqual([{ event_index: null, pointer: `/${key}`, rule: 'order' }]);
    await expectNothingStored();
  });

  it('refuses a document of which one event has a key twice, and says which', async () => {
    const text = JSON.stringify(documentOf(shipments(0, 1_200)));
    const at = text.lastIndexOf('"action"');
    const outcome = await send(`${text.slice(0, at)}"action":"ADD",${text.slice(at)}`, proceed);
    expect(await errorsOf(outcome.id)).toEqual([
      { event_index: 1_199, pointer: '/epcisBody/eventList/1199/action', rule: 'duplicate-key' },
    ]);
    await expectNothingStored();
  });

  it('stores nothing of a document that breaks off, and keeps the reason', async () => {
    const text = JSON.stringify(documentOf(shipments(0, 1_200)));
    const broken = pieces(text, async (piece) => {
      if (piece === 60) throw new Error('connection reset');
    });
    const outcome = await captures.captureStream(broken, proceed);
    expect(outcome).toMatchObject({ state: 'FAILED', stored: 0 });
    expect(await errorsOf(outcome.id)).toMatchObject([{ rule: 'interrupted' }]);
    const cut = await send(text.slice(0, -200), proceed);
    expect(await errorsOf(cut.id)).toMatchObject([{ rule: 'json' }]);
    await expectNothingStored();
  });

  it('leaves nothing but a failed job when its connection dies, and takes the document afterwards', async () => {
    const text = JSON.stringify(documentOf(shipments(0, 1_200)));
    const killed = pieces(text, async (piece) => {
      if (piece !== 60) return;
      const holders = await store.rows(
        `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 2`,
      );
      expect(holders).toHaveLength(1);
    });
    await expect(captures.captureStream(killed, rollback)).rejects.toThrow();
    expect(await jobs()).toMatchObject([{ state: 'FAILED', stored: 0 }]);
    await expectNothingStored();
    expect(await send(text)).toMatchObject({ state: 'SUCCEEDED', stored: 1_200 });
  });

  it('fails the jobs of a server that died when the next one starts', async () => {
    await store.rows(
      `INSERT INTO capture_job (id, partner, error_behaviour, state, total, stored, created_at)
       VALUES ('00000000-0000-4000-8000-000000000001', 'x', 'ROLLBACK', 'RUNNING', 500, 500, now())`,
    );
    await new CaptureService(store.source).onApplicationBootstrap();
    expect(await jobs()).toEqual([{ state: 'FAILED', total: 500, stored: 0, rejected: 500 }]);
    expect(await errorsOf('00000000-0000-4000-8000-000000000001')).toMatchObject([{ rule: 'interrupted' }]);
    expect(await captures.failAbandoned()).toBe(0);
  });

  it('takes more streams at once than it has connections for', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 12 }, (_, index) => send(documentOf(shipments(index * 10, 10)))),
    );
    expect(outcomes.map((outcome) => outcome.stored)).toEqual(Array(12).fill(10));
  });
});
