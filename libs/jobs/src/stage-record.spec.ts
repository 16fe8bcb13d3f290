import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startPostgres, type LocalPostgres } from '@tallyhouse/testing';
import { DataSource } from 'typeorm';
import { migrations } from '../../../migrations/index.js';
import { QUEUES } from './queues.js';
import { StageRecord } from './stage-record.repository.js';
import { StageReader, type StageFailureRow, type StageRow } from './stage.reader.js';

const PAGE = { first: 10, after: null };

describe('the record of stages', () => {
  let postgres: LocalPostgres;
  let dataSource: DataSource;
  let record: StageRecord;
  let reader: StageReader;

  beforeAll(async () => {
    postgres = await startPostgres();
    const url = await postgres.createTestDatabase('stages');
    dataSource = await new DataSource({ type: 'postgres', url, migrations }).initialize();
    await dataSource.runMigrations();
    record = new StageRecord(dataSource);
    reader = new StageReader(dataSource);
  }, 60_000);
  afterAll(async () => {
    await dataSource.destroy();
    await postgres.stop();
  });

  const stage = async (name: string): Promise<StageRow> =>
    (await reader.stages()).find((row) => row.stage === name)!;
  const failures = async (): Promise<readonly StageFailureRow[]> => (await reader.failures(null, PAGE)).rows;

  it('tells of every stage, those that never ran too', async () => {
    const rows = await reader.stages();
    expect(rows.map((row) => row.stage)).toEqual([...QUEUES]);
    expect(rows.every((row) => row.lastSucceededAt === null && row.failures === 0)).toBe(true);
  });

  it('tells since when a stage runs, and how long it took', async () => {
    await record.begun('series');
    expect(await stage('series')).toMatchObject({ runningSince: expect.any(Date), lastSucceededAt: null });
    await record.succeeded('series');
    expect(await stage('series')).toMatchObject({
      runningSince: null,
      lastSucceededAt: expect.any(Date),
      lastDurationMs: expect.any(Number),
      failingSince: null,
    });
  });

  it('counts the same error once with its times, and keeps it when the stage succeeds again', async () => {
    for (const isLast of [false, false, true]) {
      await record.begun('commit');
      await record.failed('commit', Object.assign(new Error('no coin\u0000'), { code: 'NO_COIN' }), isLast);
    }
    await record.begun('commit');
    await record.failed('commit', 'another', false);
    expect(await stage('commit')).toMatchObject({
      failures: 4,
      failingSince: expect.any(Date),
      runningSince: null,
    });
    expect(await failures()).toMatchObject([
      { stage: 'commit', error: 'another', times: 1, givenUp: false, resolvedAt: null },
      { stage: 'commit', error: 'NO_COIN: no coin', times: 3, givenUp: true, resolvedAt: null },
    ]);
    await record.begun('commit');
    await record.succeeded('commit');
    expect(await stage('commit')).toMatchObject({ failures: 0, failingSince: null });
    expect((await failures()).every(({ resolvedAt }) => resolvedAt !== null)).toBe(true);
    await record.begun('commit');
    await record.failed('commit', 'another', false);
    expect(await failures()).toHaveLength(3);
  });

  it('is read page by page, of one stage or of all', async () => {
    const first = await reader.failures('commit', { first: 2, after: null });
    expect(first.hasNext).toBe(true);
    const second = await reader.failures('commit', { first: 2, after: first.cursors.at(-1)! });
    expect([...first.rows, ...second.rows]).toEqual(await failures());
    expect((await reader.failures('series', PAGE)).rows).toEqual([]);
  });
});
