import { describe, expect, it } from '@jest/globals';
import { parquetReadObjects } from 'hyparquet';
import type { ApiUnderTest } from '../kit/api-under-test.js';
import { FIRST_VERSION } from '../kit/chain-rows.js';
import { RUN_ID, SERIES_ID } from '../kit/forecast-rows.js';

/** Files for analysts. */
export function tables(api: () => ApiUnderTest): void {
  describe('a table as a file', () => {
    const take = (path: string): Promise<Response> => fetch(`${api().url}/tables/${path}`);
    const reasonOf = async (path: string): Promise<unknown[]> => {
      const response = await take(path);
      return [response.status, ((await response.json()) as { message: string }).message];
    };

    it('of forecasts says in Parquet what GraphQL says', async () => {
      const response = await take(`forecasts.parquet?series=${SERIES_ID}&run=${RUN_ID}`);
      expect(response.headers.get('content-disposition')).toBe('attachment; filename="forecasts.parquet"');
      const rows = await parquetReadObjects({ file: await response.arrayBuffer() });
      const { data } = await api().post(`{ forecast(seriesId: "${SERIES_ID}", runId: "${RUN_ID}") {
        points { step mean quantiles { level value } score { actual inside80 } } } }`);
      const { points } = data!['forecast'] as { points: object[] };
      expect(
        rows.map(({ step, mean, actual, inside_80, ...row }) => ({
          ...{ step, mean, score: actual === null ? null : { actual, inside80: inside_80 } },
          quantiles: [0.1, 0.5, 0.9].map((level) => ({ level, value: row[`q${level}`] })),
        })),
      ).toEqual(points);
    });

    it('of a track record has what was fixed on chain and is known, in CSV', async () => {
      const text = await (await take(`track-record.csv?version=${FIRST_VERSION}`)).text();
      const [head = '', ...rows] = text.trim().split('\r\n');
      expect(head).toMatch(/^series_id,label,.*,smape,pinball,inside_80$/);
      expect(rows.length).toBeGreaterThan(0);
      for (const row of rows) expect(row).toMatch(/,24,2,0\.087,0\.9,true$/);
    });

    it('of strange values is there in both ways, with as many rows', async () => {
      const csv = await (await take('anomalies.csv?level=0.25')).text();
      const rows = await parquetReadObjects({
        file: await (await take('anomalies.parquet?level=0.25')).arrayBuffer(),
      });
      expect(rows).toHaveLength(csv.trim().split('\r\n').length - 1);
    });

    it('is refused with the way out', async () => {
      expect(await reasonOf('forecasts.csv')).toEqual([400, expect.stringContaining('?series=')]);
      expect(await reasonOf('forecasts.csv?lane=7')).toEqual([
        400,
        'lane: not known here; known are series, run',
      ]);
      expect(await reasonOf('anomalies.csv?level=2')).toEqual([400, 'level: a share above 0, up to 0.25']);
      expect(await reasonOf('anomalies.csv?verdict=REAL&verdict=REAL')).toEqual([400, 'verdict: one value']);
      expect(await reasonOf('keys.csv')).toEqual([404, expect.stringContaining('track-record')]);
      expect(await reasonOf('forecasts.xlsx')).toEqual([404, expect.stringContaining('.parquet')]);
    });
  });
}
