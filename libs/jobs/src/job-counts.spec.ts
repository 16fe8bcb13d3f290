import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startPostgres, type LocalPostgres } from '@tallyhouse/testing';
import { DataSource } from 'typeorm';
import { jobCounts } from './job-counts.js';
import { JobQueue } from './job-queue.js';
import { QUEUES } from './queues.js';

describe('what waits in the queue', () => {
  let postgres: LocalPostgres;
  let dataSource: DataSource;
  let queue: JobQueue;

  beforeAll(async () => {
    postgres = await startPostgres();
    const url = await postgres.createDatabase('counts');
    dataSource = await new DataSource({ type: 'postgres', url }).initialize();
    queue = new JobQueue(url, () => undefined);
  }, 60_000);
  afterAll(async () => {
    await queue.stop(1_000);
    await dataSource.destroy();
    await postgres.stop();
  }, 60_000);

  it('is nothing before a worker has made the queue', async () => {
    expect(await jobCounts(dataSource)).toEqual([]);
  });

  it('names every stage in every state, those without a job with 0', async () => {
    await queue.start();
    const empty = await jobCounts(dataSource);
    expect(empty).toHaveLength(QUEUES.length * 3);
    expect(empty.every(({ jobs, oldestSeconds }) => jobs === 0 && oldestSeconds === 0)).toBe(true);

    await queue.request('series');
    const found = await jobCounts(dataSource);
    expect(found).toHaveLength(QUEUES.length * 3);
    expect(found.filter(({ jobs }) => jobs > 0)).toEqual([
      { stage: 'series', state: 'waiting', jobs: 1, oldestSeconds: expect.any(Number) as unknown },
    ]);
  }, 30_000);
});
