import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startPostgres, type LocalPostgres } from '@tallyhouse/testing';
import { JobQueue } from './job-queue.js';

describe('JobQueue on a real Postgres', () => {
  let postgres: LocalPostgres;
  let queue: JobQueue;
  const errors: Error[] = [];

  beforeAll(async () => {
    postgres = await startPostgres();
    queue = new JobQueue(await postgres.createDatabase('spec'), (error) => errors.push(error));
    await queue.start();
  }, 60_000);
  afterAll(async () => {
    await queue.stop(1_000);
    expect(errors).toEqual([]);
    await postgres.stop();
  }, 60_000);

  it('a stage asked for many times runs once at a time, and once more for what came while it ran', async () => {
    let running = 0;
    let most = 0;
    let runs = 0;
    let askedMeanwhile = (): void => undefined;
    const secondRun = new Promise<void>((resolve) => (askedMeanwhile = resolve));
    for (let times = 0; times < 20; times++) await queue.request('series');
    await queue.work('series', async () => {
      running += 1;
      most = Math.max(most, running);
      runs += 1;
      if (runs === 1) for (let times = 0; times < 20; times++) await queue.request('series');
      running -= 1;
      if (runs === 2) askedMeanwhile();
    });
    await secondRun;
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect({ runs, most }).toEqual({ runs: 2, most: 1 });
  }, 30_000);

  it('a stage that throws is tried again', async () => {
    let attempts = 0;
    const done = new Promise<void>((resolve) => {
      void queue.work('models', async () => {
        attempts += 1;
        if (attempts < 2) throw new Error('not yet');
        resolve();
      });
    });
    await queue.request('models');
    await done;
    expect(attempts).toBe(2);
  }, 30_000);
});
