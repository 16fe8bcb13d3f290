import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { forecastFileOf } from './forecast-file.js';

// Threads share the machine with other specs.
jest.setTimeout(60_000);

const columns = { id: 'id', time: 'time', value: 'value' };

describe('forecast --input', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tallyhouse-forecast-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('forecasts each series from its own end, within intervals that hold each other', async () => {
    const rows = Array.from({ length: 40 }, (_, month) => {
      const time = new Date(Date.UTC(2022, month)).toISOString().slice(0, 7);
      const season = 10 * Math.sin((month / 12) * 2 * Math.PI);
      return [
        `long,${time},${100 + season + (month % 5)}`,
        ...(month < 20 ? [`short,${time},${month % 3}`] : []),
      ];
    });
    const [input, out] = [join(folder, 'in.csv'), join(folder, 'out.csv')];
    await writeFile(input, ['id,time,value', ...rows.flat()].join('\n'));
    await forecastFileOf({ input, horizon: 3, out, threads: 1, ...columns });
    const [header, ...lines] = (await readFile(out, 'utf8')).trimEnd().split('\n');
    expect(header).toBe('id,time,step,forecast,lo80,hi80,lo95,hi95');
    expect(lines.map((line) => line.split(',').slice(0, 3).join(' '))).toEqual([
      ...['long 2025-05-01 1', 'long 2025-06-01 2', 'long 2025-07-01 3'],
      ...['short 2023-09-01 1', 'short 2023-10-01 2', 'short 2023-11-01 3'],
    ]);
    for (const line of lines) {
      const [forecast, lo80, hi80, lo95, hi95] = line.split(',').slice(3).map(Number);
      const rising = [lo95, lo80, forecast, hi80, hi95];
      expect(rising).toEqual(rising.toSorted((one, other) => one! - other!));
    }
  });

  it('forecasts sums that hold, by the columns that say what belongs to what', async () => {
    const rows = Array.from({ length: 60 }, (_, day) => {
      const time = new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10);
      const sold = (shop: number): number => 10 * shop + 3 * Math.sin(day + shop) + (day % 7);
      return [1, 2, 3].map((shop) => `shop ${shop},${time},${sold(shop)},${shop < 3 ? 'north' : 'south'}`);
    });
    const [input, out] = [join(folder, 'shops.csv'), join(folder, 'sums.csv')];
    await writeFile(input, ['id,time,value,region', ...rows.flat()].join('\n'));
    await forecastFileOf({ input, horizon: 2, out, threads: 1, hierarchy: 'region', ...columns });
    const lines = (await readFile(out, 'utf8')).trimEnd().split('\n').slice(1);
    const mean = (id: string, step: number): number =>
      Number(
        lines.find((line) => line.startsWith(`${id},`) && line.split(',')[2] === `${step}`)!.split(',')[3],
      );
    for (const step of [1, 2]) {
      expect(mean('region:north', step)).toBeCloseTo(mean('shop 1', step) + mean('shop 2', step), 6);
      expect(mean('all', step)).toBeCloseTo(mean('region:north', step) + mean('region:south', step), 6);
    }
    const twice = [...rows.flat(), 'shop 1,2026-03-02,1,south'];
    await writeFile(input, ['id,time,value,region', ...twice].join('\n'));
    await expect(
      forecastFileOf({ input, horizon: 2, threads: 1, hierarchy: 'region', ...columns }),
    ).rejects.toThrow(/"shop 1" belongs to all, region:south here/);
  });

  it('says what it needs', async () => {
    await expect(forecastFileOf({ horizon: 3, ...columns })).rejects.toThrow('forecast needs --input');
    await expect(forecastFileOf({ input: 'x.csv', ...columns })).rejects.toThrow('forecast needs --horizon');
  });
});
