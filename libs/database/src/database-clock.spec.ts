import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startPostgres, type LocalPostgres } from '@tallyhouse/testing';
import { DataSource } from 'typeorm';
import { DatabaseClock } from './database-clock.js';

const MINUTE_MS = 60_000;

describe('the clock of the database', () => {
  let postgres: LocalPostgres;
  let dataSource: DataSource;

  beforeAll(async () => {
    postgres = await startPostgres();
    const url = await postgres.createDatabase('clock');
    dataSource = await new DataSource({ type: 'postgres', url }).initialize();
  }, 60_000);
  afterAll(async () => {
    await dataSource.destroy();
    await postgres.stop();
  });

  it.each([-10, 0, 10])('is the same on a machine that is %d minutes ahead', async (minutes) => {
    const clock = new DatabaseClock(dataSource, () => Date.now() + minutes * MINUTE_MS);
    await clock.start();
    const [{ now }] = await dataSource.query<[{ now: Date }]>('SELECT clock_timestamp() AS now');
    expect(Math.abs(clock.now().getTime() - now.getTime())).toBeLessThan(MINUTE_MS);
    expect(Math.round(clock.offset / MINUTE_MS) + minutes).toBe(0);
    clock.stop();
  });

  it('keeps its distance while the database is away', async () => {
    let isAway = false;
    const database = {
      query: (sql: string): Promise<unknown> =>
        isAway ? Promise.reject(new Error('away')) : dataSource.query(sql),
    };
    const clock = new DatabaseClock(database, () => Date.now() + 10 * MINUTE_MS);
    await clock.start();
    isAway = true;
    await expect(clock.start()).rejects.toThrow('away');
    expect(Math.round(clock.offset / MINUTE_MS)).toBe(-10);
    clock.stop();
  });
});
