import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import {
  AnomalyLabelService,
  AnomalyReader,
  AnomalyScanService,
  PERIOD_TRAITS,
  SCAN_SLICE,
  SHIPPED_PARAMETERS,
} from '@tallyhouse/anomalies';
import { seededRandom } from '@tallyhouse/compute';
import { lastPeriodsMs, PanelSliceReader } from '@tallyhouse/forecasting';
import { openStore, type TestStore } from '../../../../libs/supply-chain/test/capture-kit.js';
import { checkScans, type CheckedScan } from './check-scans.js';
import { labelFigures } from './label-figures.js';
import { withChanges } from './parameter-file.js';

jest.setTimeout(120_000);

const SERIES = 12;
const DAYS = 100;
const JUMP_DAY = 90;
const AS_OF = new Date('2026-06-01T00:00:00Z');
const FIRST_DAY = '2026-01-01Z';
const JUMP = new Date(Date.UTC(2026, 0, 1 + JUMP_DAY));

const idOf = (at: number): string => `0x${String(at).padStart(64, '0')}`;

/** Twelve products of one partner and their total; the first jumps once. */
async function fill(store: TestStore): Promise<void> {
  const random = seededRandom(4);
  for (let at = 0; at <= SERIES; at += 1) {
    const grain = at === SERIES ? 'TOTAL' : 'PRODUCT';
    await store.source.query(
      `INSERT INTO series (id, partner, measure, frequency, grain, product, label)
       VALUES ($1, '0xa', 'DEMAND', 'DAILY', $2, $1, $1)`,
      [idOf(at), grain],
    );
    const values = Array.from({ length: DAYS }, (_, day) =>
      at === 0 && day === JUMP_DAY ? 400 : 100 + 5 * random.normal(),
    );
    await store.source.query(
      `INSERT INTO observation SELECT $1, $2::timestamptz + (n - 1) * interval '1 day', value, 1
       FROM unnest($3::float8[]) WITH ORDINALITY AS given (value, n)`,
      [idOf(at), FIRST_DAY, values],
    );
  }
}

/** As the worker does. */
async function scan({ source }: TestStore): Promise<void> {
  const scans = new AnomalyScanService(source);
  const panels = new PanelSliceReader(source);
  const request = { measure: 'DEMAND', frequency: 'daily', asOf: AS_OF } as const;
  const basis = (await panels.basis(request))!;
  const subject = { measure: 'DEMAND', frequency: 'DAILY' };
  const pass = (await scans.open(subject, { ...basis, asOf: AS_OF }, SHIPPED_PARAMETERS))!;
  const slice = await panels.slice(request, basis.end, { last: '', sha256: '' }, SCAN_SLICE);
  const series = slice.series.map(({ id, start, values }) => ({
    ...{ id, values },
    startsMs: lastPeriodsMs({ start, frequency: 'daily', count: values.length }, values.length),
  }));
  const [lastSeries, dataSha256] = [slice.last, slice.sha256];
  const { periods: _, ...traits } = PERIOD_TRAITS.daily;
  await scans.take(pass, { traits, series, lastSeries, dataSha256 }, SHIPPED_PARAMETERS);
  await scans.close({ ...pass, lastSeries }, SHIPPED_PARAMETERS, 7, AS_OF);
}

describe('series that are judged again', () => {
  let store: TestStore;
  beforeAll(async () => {
    store = await openStore();
    await fill(store);
  });
  afterAll(() => store.close());

  it('give no figures on labels before anybody said anything', async () => {
    const both = { candidate: SHIPPED_PARAMETERS, incumbent: SHIPPED_PARAMETERS };
    expect(await labelFigures(store.source, both, AS_OF)).toBeNull();
  });

  it('count of labelled anomalies, real and not, those that each set of parameters would report', async () => {
    const insert = `INSERT INTO anomaly (series_id, stream_id, event_id, period_start, value, p_value, q_value, novelty,
      detector, explanation, window_start, window_end, model_version, from_block)
      VALUES ($1, $2, $3, $4, 1, $5, $5, $6, 'd', 'e', $4, $4, '0x', 1) RETURNING id::text`;
    const labels = new AnomalyLabelService(store.source);
    const say = async (row: unknown[], verdict: 'REAL' | 'NOT_REAL') => {
      const [{ id }] = (await store.rows<{ id: string }>(insert, row)) as [{ id: string }];
      await labels.label(id, { verdict }, '0xa', new Date(1));
    };
    await say([idOf(0), null, null, JUMP, 0.001, null], 'REAL');
    await say([idOf(1), null, null, JUMP, 0.2, null], 'NOT_REAL');
    await store.source.query(
      `INSERT INTO reading_stream VALUES ('0xs', '0xa', 'urn:x', true, 'Temperature', '', '', 'CEL', 1, 0, now())`,
    );
    const event = '00000000-0000-4000-8000-000000000001';
    await say([null, '0xs', event, JUMP, null, 2.4], 'NOT_REAL');
    await say([null, '0xs', event, AS_OF, null, 7], 'REAL');

    const candidate = withChanges(SHIPPED_PARAMETERS, [
      'series.minimumHistory=95',
      'readings.alarmNovelty=3',
    ]);
    expect((await new AnomalyReader(store.source).level()).level).toBeLessThan(0.1);
    const figures = await labelFigures(store.source, { candidate, incumbent: SHIPPED_PARAMETERS }, AS_OF);
    expect(figures).toEqual({
      // The labels have made the level in force stricter.
      ...{ level: 0.1, asOf: AS_OF.toISOString() },
      series: {
        // Who learns from 95 days does not judge the 91st.
        real: { labelled: 1, incumbent: 1, candidate: 0 },
        notReal: { labelled: 1, incumbent: 0, candidate: 0 },
      },
      readings: {
        real: { labelled: 1, incumbent: 1, candidate: 1 },
        notReal: { labelled: 1, incumbent: 1, candidate: 0 },
      },
      events: {
        real: { labelled: 0, incumbent: 0, candidate: 0 },
        notReal: { labelled: 0, incumbent: 0, candidate: 0 },
      },
    });
  });

  it('are what the scan said by the file that it names, and tell a row that somebody changed or took away', async () => {
    await store.source.query('DELETE FROM anomaly');
    await scan(store);
    const [row, ...rest] = await checkScans(
      store.source,
      'no store is needed for what comes with the program',
    );
    expect(rest).toEqual([]);
    expect(row).toMatchObject({ measure: 'DEMAND', frequency: 'DAILY', state: 'SAME', differences: [] });
    expect(row!.rows).toBeGreaterThan(0);

    const key = `${idOf(0)} ${JUMP.getTime()}`;
    const where = 'WHERE series_id = $1 AND period_start = $2';
    const stateAfter = async (sql: string): Promise<unknown> => {
      await store.source.query(`${sql} ${where}`, [idOf(0), JUMP]);
      const [{ state, differences }] = (await checkScans(store.source, '')) as [CheckedScan];
      return { state, differences };
    };
    const differs = { state: 'DIFFERENT', differences: [key] };
    expect(await stateAfter('UPDATE anomaly SET q_value = q_value / 2')).toEqual(differs);
    expect(await stateAfter('DELETE FROM anomaly')).toEqual(differs);
    expect(await stateAfter('UPDATE observation SET value = 99')).toEqual({
      state: 'GROWN',
      differences: [],
    });
  });
});
