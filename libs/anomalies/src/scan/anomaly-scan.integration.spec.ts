import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { seededRandom } from '@tallyhouse/compute';
import { CaptureService } from '@tallyhouse/supply-chain';
import {
  documentOf,
  openStore,
  OTHER_PARTNER,
  PARTNER,
  type TestStore,
} from '../../../supply-chain/test/capture-kit.js';
import { coldRoomEvents, wrongly } from '../readings/cold-room.fixture.js';
import { ReadingWatchService } from '../readings/reading-watch.service.js';
import { AnomalyLabelService } from '../labels/anomaly-label.service.js';
import { AnomalyReader } from '../read/anomaly.reader.js';
import { AnomalyScanService, type ScanRequest } from './anomaly-scan.service.js';

jest.setTimeout(120_000);

const DAY_MS = 86_400_000;
const idOf = (at: number): string => `0x${String(at).padStart(64, '0')}`;
const PLANTED = 90;

/** Twelve quiet series; the first jumps once. */
function request(block: number, planted: number): ScanRequest {
  const random = seededRandom(4);
  const series = Array.from({ length: 12 }, (_, at) => ({
    id: idOf(at),
    startsMs: Array.from({ length: 100 }, (_period, day) => (20_000 + day) * DAY_MS),
    values: Float64Array.from({ length: 100 }, () => 100 + 5 * random.normal()),
  }));
  series[0]!.values[PLANTED] = planted;
  const traits = { seasonMs: 7 * DAY_MS, phases: 7 };
  const dataSha256 = `0x${planted}`;
  return { measure: 'DEMAND', frequency: 'DAILY', traits, series, dataSha256, block, now: new Date(0) };
}

describe('scan of series', () => {
  let store: TestStore;
  beforeAll(async () => {
    store = await openStore();
    await store.source.query(
      `INSERT INTO series (id, partner, measure, frequency, grain, product, label)
       SELECT id, '0xa', 'DEMAND', 'DAILY', 'PRODUCT', id, id FROM unnest($1::text[]) AS id`,
      [Array.from({ length: 12 }, (_, at) => idOf(at))],
    );
  });
  afterAll(() => store.close());

  it('keeps the planted jump, hides it again when the events behind it go, and knows both by block', async () => {
    const scans = new AnomalyScanService(store.source);
    const reader = new AnomalyReader(store.source);
    expect(await scans.scan(request(5, 400))).toBeGreaterThanOrEqual(1);
    expect(await scans.scan(request(5, 400))).toBeNull();
    const everything = await reader.list({}, { first: 500 });
    const quiet = everything.rows.filter(({ seriesId }) => seriesId !== idOf(0));
    expect(quiet.length / (11 * 40)).toBeLessThan(0.05);
    const { rows } = await reader.list({ seriesId: idOf(0) }, { first: 10 });
    expect(rows.map(({ value }) => value)).toContain(400);
    expect(rows.find(({ value }) => value === 400)!.explanation).toMatch(/detectors agree/);

    const labels = new AnomalyLabelService(store.source);
    await labels.label(rows[0]!.id, { verdict: 'NOT_REAL' }, '0xa', new Date(1));
    expect((await reader.level()).level).toBeLessThan(0.1);
    await expect(labels.label('999', { verdict: 'REAL' }, '0xa', new Date(1))).rejects.toThrow(/no anomaly/);

    await scans.scan(request(9, 101));
    const values = async (block: bigint | null): Promise<number[]> =>
      (await reader.list({ level: 0.25 }, { first: 500 }, block)).rows.map(({ value }) => value);
    expect(await values(null)).not.toContain(400);
    expect(await values(6n)).toContain(400);
    expect(await values(4n)).toEqual([]);
  });

  it('reads new readings alone, tells of the warm hour once, and takes it back when its event was wrong', async () => {
    const captures = new CaptureService(store.source);
    const watch = new ReadingWatchService(store.source);
    const reader = new AnomalyReader(store.source);
    const events = coldRoomEvents();
    const send = async (some: typeof events, partner = PARTNER): Promise<void> => {
      const outcome = await captures.capture(documentOf(some), { partner, errorBehaviour: 'ROLLBACK' });
      expect(outcome.rejected).toBe(0);
    };
    const list = async (block?: bigint) =>
      (await reader.list({ source: 'READINGS' }, { first: 10 }, block)).rows;

    await send(events.slice(0, 850).toReversed());
    expect(await watch.look(10)).toEqual({ readings: 850, alarms: 0, isMore: false });
    expect(await watch.look(10)).toEqual({ readings: 0, alarms: 0, isMore: false });
    await send(events.slice(850));
    expect(await watch.look(11)).toEqual({ readings: 150, alarms: 1, isMore: false });
    const [alarm] = await list();
    expect(alarm).toMatchObject({ seriesId: null, detector: 'novelty', pValue: null, asOfBlock: '11' });
    expect(alarm!.value).toBeGreaterThan(8);
    expect(alarm!.explanation).toMatch(/^Temperature 1\d.* °C, where about 4/);
    const [stream] = await reader.streams([alarm!.streamId!]);
    expect(stream).toMatchObject({ partner: PARTNER.toLowerCase(), readings: '1000', late: '0', uom: 'CEL' });

    const level = await reader.level();
    const labels = new AnomalyLabelService(store.source);
    await labels.label(alarm!.id, { verdict: 'NOT_REAL' }, '0xa', new Date(1));
    await labels.label(alarm!.id, { verdict: 'REAL' }, '0xa', new Date(2));
    expect((await list()).map(({ verdict }) => verdict)).toEqual(['REAL']);
    expect((await reader.level()).level).toBe(level.level);

    await send(events.slice(0, 3), OTHER_PARTNER);
    expect(await watch.look(12)).toMatchObject({ readings: 3, alarms: 0 });
    expect((await reader.list({ source: 'READINGS', partner: OTHER_PARTNER }, { first: 1 })).rows).toEqual(
      [],
    );
    const wrong = events.find(({ eventTime }) => Date.parse(eventTime) === alarm!.periodStart.getTime())!;
    await send([wrongly(wrong)]);
    expect(await watch.look(13)).toMatchObject({ readings: 0 });
    expect(await list()).toEqual([]);
    expect(await list(12n)).toHaveLength(1);
  });

  it('reads every anomaly once over pages of one', async () => {
    const reader = new AnomalyReader(store.source);
    const all = (await reader.list({ level: 0.25 }, { first: 500 }, 6n)).rows.map(({ id }) => id);
    const paged: string[] = [];
    let after: string | undefined;
    do {
      const page = await reader.list({ level: 0.25 }, { first: 1, after }, 6n);
      paged.push(...page.rows.map(({ id }) => id));
      after = page.hasNext ? page.cursors.at(-1) : undefined;
    } while (after);
    expect(paged).toEqual(all);
  });
});
