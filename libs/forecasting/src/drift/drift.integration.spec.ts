import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { openStore, type TestStore } from '../../../supply-chain/test/capture-kit.js';
import { ScoreService } from '../runs/score.service.js';
import { STORED_LEVELS } from '../runs/run-points.js';
import { DriftReader } from './drift.reader.js';
import { DriftService, MODEL_WEBHOOK } from './drift.service.js';

jest.setTimeout(120_000);

const WEEK_MS = 7 * 86_400_000;
const FIRST_MS = Date.parse('2024-01-01T00:00:00Z');
const WEEKS = 110;
const weekly = `0x${'1'.repeat(64)}`;
const daily = `0x${'2'.repeat(64)}`;
const at = (week: number): Date => new Date(FIRST_MS + week * WEEK_MS);
/** Repeats every year of 52 weeks, but for one unit more in the second. */
const soldIn = (week: number): number => 100 + (week % 52) + (week < 52 ? 0 : 1);

async function fill({ source }: TestStore): Promise<void> {
  await source.query(
    `INSERT INTO series (id, partner, measure, frequency, grain, label)
     VALUES ($1, 'p', 'DEMAND', 'WEEKLY', 'TOTAL', 'w'), ($2, 'p', 'DEMAND', 'DAILY', 'TOTAL', 'd')`,
    [weekly, daily],
  );
  for (let week = 0; week < WEEKS; week += 1)
    await source.query('INSERT INTO observation VALUES ($1, $2, $3, 1)', [weekly, at(week), soldIn(week)]);
  await source.query('INSERT INTO observation VALUES ($1, $2, 1, 1)', [
    daily,
    new Date(at(WEEKS).getTime() - 86_400_000),
  ]);
}

/** A run whose forecast of one week misses by so much, committed on chain. */
async function committedRun(
  { source }: TestStore,
  versionId: string,
  week: number,
  miss: number,
): Promise<void> {
  const root = `0x${randomUUID().replaceAll('-', '').repeat(2)}`;
  const id = randomUUID();
  await source.query(
    `INSERT INTO forecast_run (id, family, version_id, artifact_sha256, frequency, as_of, first_target, as_of_block, data_sha256,
       levels, root, count, created_at) VALUES ($1, 'demand', $2, 'a', 'WEEKLY', $3, $3, 1, $4, $5, $4, 1, now())`,
    [id, versionId, at(week), root, STORED_LEVELS],
  );
  const value = soldIn(week) + miss;
  await source.query(`INSERT INTO forecast VALUES ($1, $2, 1, 0, $3, $4, $5, $6, 'ses')`, [
    ...[id, weekly, at(week), at(week + 1), value, STORED_LEVELS.map(() => value)],
  ]);
  await source.query(COMMITTED, [versionId, root, at(week), week, versionId === '0xbad' ? 0 : 1]);
}

const COMMITTED = `
  INSERT INTO forecast_committed (chain_id, block_number, block_hash, log_index, tx_hash, block_time, family, version_id,
    root, as_of, first_target, count, committer)
  VALUES (31337, $4, '0x', $5, '0x', $3, 'demand', $1, $2, $3, $3, 1, '0x')`;

describe('drift of models on the live record', () => {
  let store: TestStore;
  beforeAll(async () => {
    store = await openStore();
    await fill(store);
  });
  afterAll(() => store.close());

  it('raises one alarm for the model that fell behind, tells it once, and takes it back with its scores', async () => {
    await store.source.query(
      `INSERT INTO webhook_endpoint (id, purpose, partner, url, signature_header, keeps_history, created_at)
       VALUES ($1, $2, 'public', 'https://example.org', 'x', false, now())`,
      [randomUUID(), MODEL_WEBHOOK.purpose],
    );
    for (let week = 60; week < WEEKS - 1; week += 1) {
      await committedRun(store, '0xbad', week, 5);
      await committedRun(store, '0xgood', week, 0.2);
    }
    const now = at(WEEKS);
    expect(await new ScoreService(store.source).scoreDue(now)).toBe(2 * (WEEKS - 61));
    const drift = new DriftService(store.source);
    const raised = await drift.watch(now);
    expect(raised.map(({ versionId, family }) => [versionId, family])).toEqual([['0xbad', 'demand']]);
    expect(await drift.watch(now)).toEqual([]);
    expect(await new DriftService(store.source).watch(now)).toEqual([]);
    expect(await store.count('webhook_delivery')).toBe(1);

    const reader = new DriftReader(store.source);
    const bad = await reader.find('0xBAD', 400);
    expect(bad).toMatchObject({ state: 'BEHIND', windowCount: WEEKS - 61, since: raised[0]!.targetStart });
    // The first year lies one unit lower than the second: that is what the baseline misses by.
    expect(bad.windows[0]).toMatchObject({
      modelError: 5,
      baselineError: 1,
      difference: expect.closeTo(4 / 6, 9),
    });
    expect(await reader.find('0xgood', 3)).toMatchObject({ state: 'AHEAD' });
    expect(await reader.find('0xnone', 3)).toMatchObject({ state: 'STEADY', windows: [] });

    await store.source.query('DELETE FROM model_drift_alarm');
    // Nothing was scored since, so nothing is judged anew; whoever begins looks at everything once.
    expect(await drift.watch(now)).toEqual([]);
    expect(await new DriftService(store.source).watch(now)).toHaveLength(1);
    await store.source.query(`UPDATE forecast_run SET withdrawn_at = now() WHERE version_id = '0xbad'`);
    expect(await drift.watch(now)).toEqual([]);
    expect(await store.count('model_drift_alarm')).toBe(0);
    await store.source.query('UPDATE forecast_run SET withdrawn_at = NULL');
    expect(await drift.watch(now)).toHaveLength(1);

    await store.source.query(
      `DELETE FROM forecast_score s USING forecast_run r WHERE r.id = s.run_id AND r.version_id = '0xbad'`,
    );
    expect(await drift.watch(now)).toEqual([]);
    expect(await store.count('model_drift_alarm')).toBe(0);

    // A run that kept its baseline is held against that, whatever was reported since.
    await store.source.query(`UPDATE forecast f SET baseline = mean + 3 FROM forecast_run r
      WHERE r.id = f.run_id AND r.version_id = '0xbad'`);
    await store.source.query(`UPDATE forecast_run SET has_baseline = true WHERE version_id = '0xbad'`);
    await new ScoreService(store.source).scoreDue(now);
    expect((await reader.find('0xbad', 400)).windows[0]).toMatchObject({ modelError: 5, baselineError: 8 });
  });
});
