import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { EpcisEvent } from '@tallyhouse/epcis';
import { CaptureService, numberCaptures } from '@tallyhouse/supply-chain';
import {
  documentOf,
  openStore,
  OTHER_PARTNER,
  PARTNER,
  type TestStore,
} from '../../../supply-chain/test/capture-kit.js';
import { AnomalyLabelService } from '../labels/anomaly-label.service.js';
import { AnomalyReader } from '../read/anomaly.reader.js';
import { wrongly } from '../readings/cold-room.fixture.js';
import {
  AnomalyParameterSet,
  SHIPPED_EVENT_PARAMETERS,
  SHIPPED_PARAMETERS,
} from '../parameters/parameter-set.js';
import { nextCapturedEvents } from './event-feed.repository.js';
import { EVENT_PROGRAM_VERSION } from './event-parameters.js';
import { replayEventStream } from './event-replay.repository.js';
import { EventWatchService } from './event-watch.service.js';
import { asSent, shipments, strange } from '../../test/shipments.js';

jest.setTimeout(120_000);

const USUAL = shipments(420, 1);
const STRANGE = strange(USUAL[400]!);

describe('the watch of captured events', () => {
  let store: TestStore;
  let captures: CaptureService;
  let watch: EventWatchService;
  let reader: AnomalyReader;
  beforeAll(async () => {
    store = await openStore();
    captures = new CaptureService(store.source);
    watch = new EventWatchService(store.source);
    reader = new AnomalyReader(store.source);
  });
  afterAll(() => store.close());

  const send = async (events: readonly EpcisEvent[], partner = PARTNER): Promise<void> => {
    const outcome = await captures.capture(documentOf([...events]), { partner, errorBehaviour: 'ROLLBACK' });
    expect(outcome.rejected).toBe(0);
  };
  const list = async (block?: bigint) =>
    (await reader.list({ source: 'EVENTS', level: 0.1 }, { first: 20 }, block)).rows;
  const [packing, shipping] = asSent([STRANGE], 9_000);

  it('learns from what was captured, each event once', async () => {
    await send(asSent(USUAL.slice(0, 400), 0));
    expect(await watch.look(10, SHIPPED_PARAMETERS)).toMatchObject({ events: 800, isMore: false });
    expect(await watch.look(10, SHIPPED_PARAMETERS)).toEqual({ events: 0, alarms: 0, isMore: false });
    const streams = await store.rows(
      'SELECT biz_step, events::integer, partner FROM event_stream ORDER BY biz_step',
    );
    expect(streams).toEqual(
      ['packing', 'shipping'].map((biz_step) => ({ biz_step, events: 400, partner: PARTNER.toLowerCase() })),
    );
  });

  it('loses nothing and doubles nothing when a worker dies while it keeps what it found', async () => {
    await send([packing!, shipping!]);
    await store.source.query(`
      CREATE FUNCTION killed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'killed'; END $$;
      CREATE TRIGGER killed BEFORE INSERT ON anomaly EXECUTE FUNCTION killed()`);
    await expect(watch.look(11, SHIPPED_PARAMETERS)).rejects.toThrow('killed');
    await store.source.query('DROP TRIGGER killed ON anomaly');
    expect(await list()).toEqual([]);
    const [place] = await store.rows<{ events: string }>('SELECT sum(events) AS events FROM event_stream');
    expect(place).toEqual({ events: '800' });
    expect(await new EventWatchService(store.source).look(11, SHIPPED_PARAMETERS)).toMatchObject({
      events: 2,
    });
  });

  it('tells of the strange shipment with its event, what is usual and how sure that is', async () => {
    const [alarm, ...others] = (await list()).filter(({ asOfBlock }) => asOfBlock === '11').toReversed();
    expect(others.length).toBeLessThan(2);
    expect(alarm).toMatchObject({
      seriesId: null,
      streamId: null,
      detector: 'isolation-forest',
      novelty: null,
      // The file in force has no section of events.
      modelVersion: EVENT_PROGRAM_VERSION,
    });
    expect(alarm!.pValue).toBeLessThan(0.0001);
    expect(alarm!.explanation).toMatch(/4,000 units where (3[89]|4[0-2])(\.\d)? are usual/);
    const [event] = await store.rows<{ biz_step: string; event_time: Date }>(
      'SELECT biz_step, event_time FROM epcis_event WHERE id = $1',
      [alarm!.eventId],
    );
    expect(event!.event_time).toEqual(alarm!.periodStart);
    expect(await reader.eventStreams([alarm!.eventStreamId!])).toMatchObject([
      { partner: PARTNER.toLowerCase(), bizStep: event!.biz_step },
    ]);
    expect((await reader.list({ source: 'SERIES' }, { first: 5 })).rows).toEqual([]);
    expect((await reader.list({ source: 'READINGS' }, { first: 5 })).rows).toEqual([]);
  });

  it('judges a stream again as it was judged, and by other parameters', async () => {
    const [alarm] = await list();
    const deaf = { ...SHIPPED_EVENT_PARAMETERS, learningEvents: 401 };
    const [again, unsaid] = await replayEventStream(store.source, alarm!.eventStreamId!, [
      ...[SHIPPED_EVENT_PARAMETERS, deaf],
    ]);
    expect(again!.get(alarm!.eventId!)).toBe(alarm!.qValue);
    expect([...unsaid!]).toEqual([]);
  });

  it('takes a verdict, and moves the level by it', async () => {
    const [alarm] = await list();
    const labels = new AnomalyLabelService(store.source);
    const before = await reader.level();
    await labels.label(alarm!.id, { verdict: 'NOT_REAL' }, '0xa', new Date(1));
    await labels.label(alarm!.id, { verdict: 'REAL' }, '0xa', new Date(2));
    const said = (await list()).filter(({ verdict }) => verdict !== null);
    expect(said.map(({ id, verdict }) => [id, verdict])).toEqual([[alarm!.id, 'REAL']]);
    expect((await reader.level()).labelsReal).toBe(before.labelsReal + 1);
  });

  it("says nothing of another sender's items, and holds nobody to the habits of another", async () => {
    const [, theirs] = asSent([STRANGE], 9_000);
    await send([theirs!], OTHER_PARTNER);
    expect(await watch.look(12, SHIPPED_PARAMETERS)).toEqual({ events: 1, alarms: 0, isMore: false });
    expect((await reader.list({ source: 'EVENTS', partner: OTHER_PARTNER }, { first: 5 })).rows).toEqual([]);
    const [kept] = await store.rows<{ surroundings: { steps: { names: [string, number, number][] } } }>(
      `SELECT surroundings FROM event_stream_state JOIN event_stream ON id = stream_id WHERE partner = $1`,
      [OTHER_PARTNER.toLowerCase()],
    );
    const [own] = await store.rows<{ surroundings: { steps: { names: [string, number, number][] } } }>(
      `SELECT surroundings FROM event_stream_state JOIN event_stream ON id = stream_id
       WHERE partner = $1 AND biz_step = 'packing'`,
      [PARTNER.toLowerCase()],
    );
    // The other sender packed the lot before; to this one nothing came before, as before any packing.
    expect(kept!.surroundings.steps.names[0]![0]).toBe(own!.surroundings.steps.names[0]![0]);
  });

  it('closes what it told of an event that is declared wrong, and still knows it as of then', async () => {
    const isThere = async (block?: bigint) =>
      (await list(block)).some(({ explanation }) => explanation.includes('4,000 units'));
    expect(await isThere()).toBe(true);
    await send([wrongly(packing!), wrongly(shipping!)]);
    expect(await watch.look(13, SHIPPED_PARAMETERS)).toMatchObject({ events: 0, alarms: 0 });
    expect(await isThere()).toBe(false);
    expect(await isThere(12n)).toBe(true);
  });

  it('judges by a file with a section of events what comes next, by what was learned before unless forests need other events', async () => {
    const usual = { ...SHIPPED_EVENT_PARAMETERS, window: 900 };
    const setOf = (events: typeof usual) =>
      new AnomalyParameterSet(SHIPPED_PARAMETERS.series, SHIPPED_PARAMETERS.readings, events);
    const odd = async (lot: number, block: number, events: typeof usual): Promise<string[]> => {
      await send(asSent([STRANGE], lot));
      await watch.look(block, setOf(events));
      return (await list())
        .filter(({ asOfBlock }) => asOfBlock === String(block))
        .map(({ modelVersion }) => modelVersion);
    };
    const told = await odd(9_300, 14, usual);
    expect(new Set(told)).toEqual(new Set([setOf(usual).version]));
    expect(await odd(9_400, 15, { ...usual, memory: 256 })).toEqual([]);
  });

  it('reads how far an item came where its sender told of both places, and what is told of the event', async () => {
    const [from, to] = ['9521141000014', '9521141000021'].map((number) => `https://id.gs1.org/414/${number}`);
    await store.source.query(
      `INSERT INTO site (uri, name, country, kind, partner, latitude, longitude)
       VALUES ($1, 'Rotterdam', 'NL', 'port', $3, 51.92, 4.48), ($2, 'Valencia', 'ES', 'port', $3, 39.47, -0.38)`,
      [from, to, PARTNER.toLowerCase()],
    );
    const [packed, sent] = asSent(USUAL.slice(410, 411), 9_500);
    const [elsewhere, unmapped] = asSent(USUAL.slice(411, 412), 9_600);
    await send([elsewhere!, { ...unmapped!, readPoint: { id: 'https://id.gs1.org/414/9521141000038' } }]);
    await send([packed!, { ...sent!, readPoint: { id: to! }, eventTimeZoneOffset: '-03:30' }]);
    const until = await numberCaptures(store.source);
    const { events } = await store.source.transaction((manager) => nextCapturedEvents(manager, until));
    expect(events.map(({ before }) => before)).toEqual([
      null,
      { timeMs: Date.parse(elsewhere!.eventTime), bizStep: 'packing', kilometres: null },
      null,
      { timeMs: Date.parse(packed!.eventTime), bizStep: 'packing', kilometres: expect.closeTo(1_434.085, 2) },
    ]);
    expect(events[3]).toMatchObject({
      place: to,
      offsetMinutes: -210,
      items: 1,
      quantity: USUAL[410]!.quantity,
    });
    expect(events[3]!.recordedMs).toBeGreaterThan(events[3]!.timeMs);
  });
});
