import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { writeForecasts, type ForecastTable } from './forecast-table.js';

const TABLE: ForecastTable = {
  figures: ['forecast', 'lo95'],
  rows: [
    ['shop "A", north', '2026-01-01', 1, 12.5, -0.25],
    ['shop "A", north', '2026-02-01', 2, 1e-9, -3e12],
    ['=1+1', '2026-01-01T06:00:00Z', 1, 7, 6],
  ],
};

describe('a file of forecasts', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tallyhouse-table-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('as Parquet is read back by another with moments, integers and every digit', async () => {
    const file = join(folder, 'out.parquet');
    await writeForecasts(TABLE, file);
    const rows = await parquetReadObjects({ file: await asyncBufferFromFile(file) });
    expect(rows).toEqual(
      TABLE.rows.map(([id, time, step, forecast, lo95]) => ({
        ...{ id, time: new Date(time), step, forecast, lo95 },
      })),
    );
  });

  it('as CSV keeps ids that hold commas and quotes in one field', async () => {
    const file = join(folder, 'out.csv');
    await writeForecasts(TABLE, file);
    const rows: string[][] = parse(await readFile(file, 'utf8'));
    expect(rows).toEqual([
      ['id', 'time', 'step', 'forecast', 'lo95'],
      ...TABLE.rows.map((row) => row.map(String)),
    ]);
  });
});
