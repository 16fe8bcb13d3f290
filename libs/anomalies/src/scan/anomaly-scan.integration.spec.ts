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
import { qValues } from '../control/benjamini-hochberg.js';
import { AnomalyParameterSet, SHIPPED_PARAMETERS } from '../parameters/parameter-set.js';
import { AnomalyScanService } from './anomaly-scan.service.js';
import type { PeriodSeries } from './judge-series.js';

jest.setTimeout(120_000);

const DAY_MS = 86_400_000;
const idOf = (at: number): string => `0x${String(at).padStart(64, '0')}`;
const PLANTED = 90;

/** Twelve quiet series; the first jumps once. */
function quietButOne(planted: number): PeriodSeries[] {
  const random = seededRandom(4);
  const series = Array.from({ length: 12 }, (_, at) => ({
    id: idOf(at),
    startsMs: Array.from({ length: 100 }, (_period, day) => (20_000 + day) * DAY_MS),
    values: Float64Array.from({ length: 100 }, () => 100 + 5 * random.normal()),
  }));
  series[0]!.values[PLANTED] = planted;
  return series;
}

const SUBJECT = { measure: 'DEMAND', frequency: 'DAILY' };
const TRAITS = { seasonMs: 7 * DAY_MS, phases: 7 };

/** Looks through the series, so many at a time, each slice by a worker of its own that knows nothing of the one before. */
async function scan(
  store: TestStore,
  planted: number,
  { seq, block, slice }: { readonly seq: number; readonly block: number; readonly slice: number },
  set = SHIPPED_PARAMETERS,
): Promise<number | null> {
  const all = quietButOne(planted);
  const basis = { observationSeq: String(seq), end: 20_100, asOf: new Date(0) };
  if (!(await new AnomalyScanService(store.source).open(SUBJECT, basis, set))) return null;
  for (let from = 0; from < all.length; from += slice) {
    const scans = new AnomalyScanService(store.source);
    const series = all.slice(from, from + slice);
    const lastSeries = series.at(-1)!.id;
    const pass = (await scans.standing(SUBJECT, set))!;
    await scans.take(pass, { traits: TRAITS, series, lastSeries, dataSha256: `0x${planted}` }, set);
    // A second worker with the same slice keeps nothing, and ends nothing.
    await scans.take(pass, { traits: TRAITS, series, lastSeries, dataSha256: '0x' }, set);
    if (pass.lastSeries !== '') expect(await scans.close(pass, set, block, new Date(0))).toBeNull();
  }
  const scans = new AnomalyScanService(store.source);
  return scans.close((await scans.standing(SUBJECT, set))!, set, block, new Date(0));
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
    const reader = new AnomalyReader(store.source);
    expect(await scan(store, 400, { seq: 1, block: 5, slice: 5 })).toBeGreaterThanOrEqual(1);
    expect(await scan(store, 400, { seq: 1, block: 6, slice: 5 })).toBeNull();
    const standing = await store.rows('SELECT * FROM anomaly ORDER BY id');
    // Other observations, and none of them of these series.
    expect(await scan(store, 400, { seq: 2, block: 7, slice: 4 })).toBeNull();
    expect(await store.rows('SELECT * FROM anomaly ORDER BY id')).toEqual(standing);
    expect(await store.count('anomaly_candidate')).toBe(0);
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

    await scan(store, 101, { seq: 3, block: 9, slice: 12 });
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
    expect(await watch.look(10, SHIPPED_PARAMETERS)).toEqual({ readings: 850, alarms: 0, isMore: false });
    expect(await watch.look(10, SHIPPED_PARAMETERS)).toEqual({ readings: 0, alarms: 0, isMore: false });
    await send(events.slice(850));
    expect(await watch.look(11, SHIPPED_PARAMETERS)).toEqual({ readings: 150, alarms: 1, isMore: false });
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
    expect(await watch.look(12, SHIPPED_PARAMETERS)).toMatchObject({ readings: 3, alarms: 0 });
    expect((await reader.list({ source: 'READINGS', partner: OTHER_PARTNER }, { first: 1 })).rows).toEqual(
      [],
    );
    const wrong = events.find(({ eventTime }) => Date.parse(eventTime) === alarm!.periodStart.getTime())!;
    await send([wrongly(wrong)]);
    expect(await watch.look(13, SHIPPED_PARAMETERS)).toMatchObject({ readings: 0 });
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

  it('judges anew under other parameters, closes what the old said at the block, and keeps it readable', async () => {
    await store.source.query('DELETE FROM anomaly; DELETE FROM anomaly_scan');
    const reader = new AnomalyReader(store.source);
    const { series, readings } = SHIPPED_PARAMETERS;
    const patient = new AnomalyParameterSet({ ...series, minimumHistory: PLANTED + 5 }, readings);
    const versions = async (block: bigint | null) => {
      const { rows } = await reader.list({ source: 'SERIES', level: 0.25 }, { first: 500 }, block);
      return [...new Set(rows.map(({ modelVersion }) => modelVersion))];
    };
    await scan(store, 400, { seq: 20, block: 30, slice: 5 });
    expect(await versions(null)).toEqual([SHIPPED_PARAMETERS.version]);
    // Half-way through a scan the vote comes into force: it is begun again, and the old parameters end nothing.
    const scans = new AnomalyScanService(store.source);
    const basis = { observationSeq: '21', end: 20_100, asOf: new Date(0) };
    const old = (await scans.open(SUBJECT, basis, SHIPPED_PARAMETERS))!;
    expect(await scans.standing(SUBJECT, patient)).toBeNull();
    await scans.open(SUBJECT, { ...basis, observationSeq: '22' }, patient);
    const slice = { traits: TRAITS, series: quietButOne(400), lastSeries: idOf(11), dataSha256: '0x1' };
    await scans.take(old, slice, SHIPPED_PARAMETERS);
    expect(await store.count('anomaly_candidate')).toBe(0);
    expect(await scans.close(old, SHIPPED_PARAMETERS, 40, new Date(0))).toBeNull();
    // The same observations: only the parameters are others.
    expect(await scan(store, 400, { seq: 20, block: 40, slice: 12 }, patient)).not.toBeNull();
    expect([[], [patient.version]]).toContainEqual(await versions(null));
    expect(await versions(39n)).toEqual([SHIPPED_PARAMETERS.version]);
    const { rows } = await reader.list({ seriesId: idOf(0), level: 0.25 }, { first: 10 });
    expect(rows.map(({ value }) => value)).not.toContain(400);
    const closed = await store.rows<{ block: string }>(
      'SELECT DISTINCT to_block AS block FROM anomaly WHERE model_version = $1 AND stream_id IS NULL',
      [SHIPPED_PARAMETERS.version],
    );
    expect(closed).toEqual([{ block: '40' }]);
  });

  it('gives the same anomalies whatever the slices are', async () => {
    const found: unknown[] = [];
    for (const [at, slice] of [1, 3, 12].entries()) {
      await store.source.query('DELETE FROM anomaly; DELETE FROM anomaly_scan');
      await scan(store, 400, { seq: 10 + at, block: 5, slice });
      found.push(
        await store.rows('SELECT series_id, period_start, p_value, q_value FROM anomaly ORDER BY 1, 2'),
      );
    }
    expect(found[1]).toEqual(found[0]);
    expect(found[2]).toEqual(found[0]);
  });

  it('holds the candidates of a period against each other as the rate of false discoveries wants', async () => {
    const random = seededRandom(9);
    const service = new AnomalyScanService(store.source);
    const pass = (await service.open(
      SUBJECT,
      { observationSeq: '99', end: 20_100, asOf: new Date(0) },
      SHIPPED_PARAMETERS,
    ))!;
    // Rounded, so that some are equal.
    const pValues = Array.from({ length: 12 }, () => Math.round(random.uniform() * 20) / 400);
    for (const [at, p] of pValues.entries())
      await store.source.query(
        `INSERT INTO anomaly_candidate VALUES ('DEMAND', 'DAILY', $1, '2026-01-05Z', 1, 1, $2, 'd', 'e', '2026-01-05Z', '2026-01-05Z')`,
        [idOf(at), p],
      );
    await store.source.query(`INSERT INTO anomaly_tested VALUES ('DEMAND', 'DAILY', '2026-01-05Z', 40)`);
    await service.close(pass, SHIPPED_PARAMETERS, 20, new Date(0));
    const rows = await store.rows<{ id: string; q: number }>(
      `SELECT series_id AS id, q_value AS q FROM anomaly WHERE to_block IS NULL AND from_block = 20 ORDER BY 1`,
    );
    const wanted = qValues(pValues, 40).map((q, at) => ({ id: idOf(at), q }));
    expect(rows).toEqual(wanted.filter(({ q }) => q <= 0.25));
    expect(rows.length).toBeGreaterThan(2);
  });
});
