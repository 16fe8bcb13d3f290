import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { AnomalyLabelService, AnomalyReader, SHIPPED_PARAMETERS } from '@tallyhouse/anomalies';
import { seededRandom } from '@tallyhouse/compute';
import { openStore, type TestStore } from '../../../../libs/supply-chain/test/capture-kit.js';
import { labelFigures } from './label-figures.js';
import { withChanges } from './parameter-file.js';

jest.setTimeout(120_000);

const SERIES = 12;
const DAYS = 100;
const JUMP_DAY = 90;
const AS_OF = new Date('2026-06-01T00:00:00Z');
const FIRST_DAY = '2026-01-01Z';

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

describe('figures on what people labelled', () => {
  let store: TestStore;
  beforeAll(async () => {
    store = await openStore();
    await fill(store);
  });
  afterAll(() => store.close());

  it('are none before anybody said anything', async () => {
    const both = { candidate: SHIPPED_PARAMETERS, incumbent: SHIPPED_PARAMETERS };
    expect(await labelFigures(store.source, both, AS_OF)).toBeNull();
  });

  it('count of real and of other anomalies those that each set of parameters would report', async () => {
    const jump = new Date(Date.parse('2026-01-01T00:00:00Z') + JUMP_DAY * 86_400_000);
    const insert = `INSERT INTO anomaly (series_id, stream_id, event_id, period_start, value, p_value, q_value, novelty,
      detector, explanation, window_start, window_end, model_version, from_block)
      VALUES ($1, $2, $3, $4, 1, $5, $5, $6, 'd', 'e', $4, $4, '0x', 1) RETURNING id::text`;
    const labels = new AnomalyLabelService(store.source);
    const say = async (row: unknown[], verdict: 'REAL' | 'NOT_REAL') => {
      const [{ id }] = (await store.rows<{ id: string }>(insert, row)) as [{ id: string }];
      await labels.label(id, { verdict }, '0xa', new Date(1));
    };
    await say([idOf(0), null, null, jump, 0.001, null], 'REAL');
    await say([idOf(1), null, null, jump, 0.2, null], 'NOT_REAL');
    await store.source.query(
      `INSERT INTO reading_stream VALUES ('0xs', '0xa', 'urn:x', true, 'Temperature', '', '', 'CEL', 1, 0, now())`,
    );
    const event = '00000000-0000-4000-8000-000000000001';
    await say([null, '0xs', event, jump, null, 2.4], 'NOT_REAL');
    await say([null, '0xs', event, AS_OF, null, 7], 'REAL');

    const candidate = withChanges(SHIPPED_PARAMETERS, [
      'series.minimumHistory=95',
      'readings.alarmNovelty=3',
    ]);
    const figures = await labelFigures(store.source, { candidate, incumbent: SHIPPED_PARAMETERS }, AS_OF);
    expect(figures).toEqual({
      ...{ level: (await new AnomalyReader(store.source).level()).level, asOf: AS_OF.toISOString() },
      series: {
        // Who learns from 95 days does not judge the 91st.
        real: { labelled: 1, incumbent: 1, candidate: 0 },
        notReal: { labelled: 1, incumbent: 0, candidate: 0 },
      },
      readings: {
        real: { labelled: 1, incumbent: 1, candidate: 1 },
        notReal: { labelled: 1, incumbent: 1, candidate: 0 },
      },
    });
  });
});
