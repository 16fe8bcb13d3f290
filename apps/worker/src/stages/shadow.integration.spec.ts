import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { seededRandom } from '@tallyhouse/compute';
import { createLogger, type Config } from '@tallyhouse/config';
import {
  ApartError,
  CommitmentRepository,
  ForecastReader,
  ForecastRunService,
  forecasterFromArtifact,
  PanelRepository,
  ScoreService,
  ShadowPlanService,
  ShadowReader,
  ShardPlanService,
  ShardWorkService,
  TrackRecordReader,
  type Forecaster,
} from '@tallyhouse/forecasting';
import {
  FileArtifactStore,
  openStores,
  ShadowCandidates,
  ShadowStandingReader,
  type ArtifactStore,
  type ShadowStandingRow,
} from '@tallyhouse/model-registry';
import type { Hex } from '@tallyhouse/proofs';
import { startLocalS3, startPostgres, type LocalPostgres } from '@tallyhouse/testing';
import type { DataSource } from 'typeorm';
import { migrationDataSource } from '../../../../migrations/data-source.js';
import { digest, methodArtifact, NOW, ShadowWorld } from './shadow.fixture.js';
import { ShadowShardsStage } from './shadow-shards.stage.js';
import { ShadowStage, type ShadowServices } from './shadow.stage.js';

jest.setTimeout(60_000);

const SERIES = 6;
const RUNNING = digest(1);
const CANDIDATE = digest(2);
const HORIZON = 2;
const DAY_MS = 86_400_000;
const later = (days: number): Date => new Date(NOW.getTime() + days * DAY_MS);

/** As the worker runs it, in this process: that a process of its own bounds it is held elsewhere. */
const inline: ShadowServices['apart'] = (artifact, name) => ({
  forecaster: {
    name,
    fit: async (panel, context) => (await forecasterFromArtifact(artifact)).fit(panel, context),
  },
  stop: () => Promise.resolve(),
});

describe('candidates in shadow', () => {
  let postgres: LocalPostgres;
  let source: DataSource;
  let folder: string;
  let store: FileArtifactStore;
  let world: ShadowWorld;
  let runs: ForecastRunService;
  let plans: ShadowPlanService;
  beforeAll(async () => {
    postgres = await startPostgres();
    source = await migrationDataSource(await postgres.createTestDatabase('shadow')).initialize();
    await source.runMigrations();
    runs = new ForecastRunService(source, new PanelRepository(source));
    plans = new ShadowPlanService(source);
  });
  afterAll(async () => {
    await source.destroy();
    await postgres.stop();
  });
  beforeEach(async () => {
    await source.query(`TRUNCATE chain_checkpoint, derivation, forecast_run, forecast_plan, series, model_runtime, model_shadow,
      model_family_registered, model_version_proposed, model_version_activated, proposal_created, forecast_committed CASCADE`);
    folder = await mkdtemp(join(tmpdir(), 'tallyhouse-shadow-'));
    store = new FileArtifactStore(folder);
    world = new ShadowWorld(source);
    await world.begin(SERIES);
    const start = new Date('2024-09-02T00:00:00Z');
    await world.observe(start, 78, (series, week) => 20 * (series + 1) + week * (series % 3));
    const artifact = await store.put(methodArtifact('naive'));
    await world.version(RUNNING, artifact);
    await world.activate(RUNNING, artifact);
  });
  afterEach(() => rm(folder, { recursive: true }));

  const stage = (apart = inline, from: ArtifactStore = store): ShadowStage =>
    new ShadowStage(
      { forecastHorizon: HORIZON, forecastShardSeries: 1_000 } as Config,
      { dataSource: source, store: from, candidates: new ShadowCandidates(source), runs, plans, apart },
      createLogger({ logLevel: 'silent' }, 'test'),
    );
  const shadow = (now = NOW, apart = inline): Promise<boolean> => stage(apart).run({ time: now, block: 20 });
  /** What the forecast stage does for a version in force. */
  const forecast = async (versionId: Hex = RUNNING, now = NOW, method = 'naive'): Promise<string | null> => {
    const bytes = methodArtifact(method);
    return runs.run({
      model: {
        ...{ family: 'demand', versionId, artifactSha256: await store.put(bytes), proposalId: null },
        ...{ measure: 'DEMAND', frequency: 'weekly' },
      },
      forecaster: await forecasterFromArtifact(bytes),
      context: { rng: seededRandom(1) },
      ...{ horizon: HORIZON, now, block: 20 },
    });
  };
  const candidate = async (versionId = CANDIDATE, bytes = methodArtifact('drift')): Promise<Hex> => {
    const sha256 = await store.put(bytes);
    await world.version(versionId, sha256);
    return sha256;
  };
  const standing = async (versionId = CANDIDATE): Promise<ShadowStandingRow | undefined> =>
    (await new ShadowStandingReader(source).standings([versionId]))[0];
  const shadowRuns = async (versionId = CANDIDATE): Promise<Record<string, unknown>[]> =>
    source.query(
      `SELECT id, as_of, data_sha256, first_target, count FROM forecast_run WHERE is_shadow AND version_id = $1 ORDER BY seq`,
      [versionId],
    );

  it('a candidate forecasts what the version in force forecast, from the same data', async () => {
    await candidate();
    await shadow();
    expect(await shadowRuns()).toEqual([]);
    const id = await forecast();
    await shadow();
    await shadow();
    const [made, ...more] = await shadowRuns();
    expect(more).toEqual([]);
    const [same]: Record<string, unknown>[] = await source.query(
      'SELECT as_of, data_sha256, first_target, count FROM forecast_run WHERE id = $1',
      [id],
    );
    expect(made).toMatchObject(same!);
    expect(await standing()).toMatchObject({ state: 'RUNS', reason: null });
    expect((await standing())!.lastRunMs).toBeGreaterThanOrEqual(0);
  });

  it('what it says is not the forecast, and goes on chain after what is', async () => {
    await candidate();
    const id = await forecast();
    await shadow();
    const [made] = await shadowRuns();
    const reader = new ForecastReader(source);
    const [series]: { id: string }[] = await source.query("SELECT id FROM series WHERE frequency = 'WEEKLY'");
    expect((await reader.latest([series!.id]))[0]!.run.id).toBe(id);
    const ids = async (isShadow: boolean): Promise<string[]> =>
      (await reader.runs({ first: 10, isShadow })).rows.map((run) => run.id);
    expect([await ids(false), await ids(true)]).toEqual([[id], [made!['id']]]);
    const open = await new CommitmentRepository(source).uncommitted(NOW);
    expect(open.map((run) => run.id)).toEqual([id, made!['id']]);
  });

  it('both are scored, and the record holds them against each other', async () => {
    await candidate();
    await forecast();
    await shadow();
    await world.commitAll();
    await world.observe(
      new Date('2026-03-02T00:00:00Z'),
      3,
      (series, week) => 20 * (series + 1) + (78 + week) * (series % 3),
    );
    await new ScoreService(source).scoreDue(later(21));
    const reader = new ShadowReader(source);
    const [record] = await reader.records([CANDIDATE, RUNNING]);
    const [beside] = await reader.comparisons([CANDIDATE, RUNNING]);
    expect(record).toMatchObject({ versionId: CANDIDATE, runs: 1, scored: SERIES * HORIZON, origins: 1 });
    expect(beside!.running).toMatchObject({ versionIds: [RUNNING], pairs: SERIES * HORIZON });
    // Two thirds of the series have a trend, which drift follows to the end and the last value does not follow.
    const [mase, smape] = beside!.differences;
    expect(mase).toMatchObject({ measure: 'mase', series: 4, verdict: 'UNDECIDED' });
    expect(mase!.candidate).toBeCloseTo(0, 9);
    expect(mase!.running).toBeGreaterThan(0);
    expect(beside!.running.mase).toBe(mase!.running);
    expect(smape).toMatchObject({ measure: 'smape', series: SERIES });
    expect(smape!.difference).toBeLessThan(0);
    const records = new ForecastReader(source);
    expect(await records.versionRecords([CANDIDATE])).toEqual([]);
    const track = new TrackRecordReader(source);
    const whole = await track.find({ versionId: RUNNING }, 1);
    expect(whole).toMatchObject({ periodCount: HORIZON, periods: [{ scored: SERIES }] });
    expect(whole.overall).toMatchObject({ scored: SERIES * HORIZON, series: SERIES });
    // What has no trend has no scale; of the others the last value is two and three weeks of it too low.
    expect(whole.overall!.scaledBias).toBeCloseTo(-whole.overall!.mase!, 9);
    expect(whole.periods[0]!.mase! / whole.overall!.mase!).toBeCloseTo(3 / 2.5, 9);
    expect(whole.grains.reduce((sum, { scored }) => sum + scored, 0)).toBe(SERIES * HORIZON);
    const none = { overall: null, grains: [], periodCount: 0, periods: [] };
    expect(await track.find({ versionId: CANDIDATE }, 5)).toEqual(none);
    expect(await track.find({ from: later(60) }, 5)).toEqual(none);
    const [running] = await records.versionRecords([RUNNING]);
    expect(running!.relativeMase).toBe(whole.overall!.relativeMase);
    // The last value lies two and three weeks of trend behind, the same week of last year 52.
    expect(running!.relativeMase).toBeCloseTo((2 + 3) / (2 * 52), 9);
    const [run] = await records.scores(
      (await records.runs({ first: 1, isShadow: false })).rows.map(({ id }) => id),
    );
    expect(run!.relativeMase).toBe(running!.relativeMase);
  });

  it('one whose file is missing is refused with the reason, and runs once the file is there', async () => {
    const bytes = methodArtifact('drift');
    const elsewhere = new FileArtifactStore(await mkdtemp(join(tmpdir(), 'tallyhouse-shadow-')));
    await world.version(CANDIDATE, await elsewhere.put(bytes));
    await forecast();
    await shadow();
    expect(await standing()).toMatchObject({
      state: 'REFUSED',
      reason: expect.stringMatching(/ARTIFACT_MISSING/),
    });
    await store.put(bytes);
    await shadow();
    expect(await shadowRuns()).toEqual([]);
    await source.query("UPDATE model_shadow SET retry_at = retry_at - interval '1 minute'");
    await shadow();
    expect(await shadowRuns()).toHaveLength(1);
    expect(await standing()).toMatchObject({ state: 'RUNS', reason: null });
  });

  it('one is not refused because the store is away, and runs once the store is there', async () => {
    await candidate();
    await forecast();
    const server = await startLocalS3('models');
    const place = { kind: 's3', origin: server.origin, bucket: 'models', prefix: '' } as const;
    const location = { ...place, ...server.credentials, sessionToken: undefined };
    const [bucket] = openStores({ stores: [location], writeQuorum: 1 }, '');
    for (const method of ['naive', 'drift']) await bucket!.store.put(methodArtifact(method));
    const look = (): Promise<boolean> => stage(inline, bucket!.store).run({ time: NOW, block: 20 });
    try {
      server.faults.push({ status: 403, code: 'AccessDenied' });
      await expect(look()).rejects.toMatchObject({ code: 'STORE_REFUSED' });
      expect([await shadowRuns(), (await standing())!.reason]).toEqual([[], null]);
      await look();
      expect(await shadowRuns()).toHaveLength(1);
    } finally {
      await server.stop();
    }
  });

  it('one that fails disturbs neither the next candidate nor the version in force', async () => {
    await candidate(digest(3), methodArtifact('drift'));
    await candidate(digest(4), methodArtifact('ses'));
    await forecast();
    const fails: Forecaster = {
      name: 'drift',
      fit: () => Promise.reject(new ApartError('it took longer than 120 seconds and was stopped')),
    };
    await shadow(NOW, (artifact, name) => ({
      ...inline(artifact, name),
      ...(name === 'drift' ? { forecaster: fails } : {}),
    }));
    expect(await standing(digest(3))).toMatchObject({
      state: 'REFUSED',
      reason: expect.stringMatching(/was stopped/),
    });
    expect(await shadowRuns(digest(3))).toEqual([]);
    expect(await shadowRuns(digest(4))).toHaveLength(1);
  });

  it('over many series all workers make it in shards, of the data of the other run; one that fails loses its own run alone', async () => {
    await candidate(digest(3), methodArtifact('ses'));
    await candidate(digest(4), methodArtifact('drift'));
    const [artifactSha256, shards] = [await store.put(methodArtifact('naive')), new ShardWorkService(source)];
    const besideId = await new ShardPlanService(source).plan({
      model: {
        ...{ family: 'demand', versionId: RUNNING, artifactSha256, proposalId: null },
        ...{ measure: 'DEMAND', frequency: 'weekly' },
      },
      ...{ horizon: HORIZON, now: NOW, block: 20, shardSeries: 2 },
    });
    const naive = await forecasterFromArtifact(methodArtifact('naive'));
    for (let due = await shards.due(); due.length > 0; due = await shards.due())
      await shards.run(due[0]!, async () => ({ forecaster: naive, context: { rng: seededRandom(1) } }));
    expect([await shadow(), await shadow()]).toEqual([true, false]);
    const slow: Forecaster = {
      name: 'ses',
      fit: () => Promise.reject(new ApartError('it took longer than 480 seconds and was stopped')),
    };
    let stopped = 0;
    const apart: typeof inline = (artifact, name) => ({
      forecaster: name === 'ses' ? slow : inline(artifact, name).forecaster,
      stop: async () => void (stopped += 1),
    });
    const services = { store, candidates: new ShadowCandidates(source), plans, shards, apart };
    const workers = new ShadowShardsStage(services, createLogger({ logLevel: 'silent' }, 'test'));
    for (let due = await workers.run(undefined); due.length > 0;)
      due = (await Promise.all(due.slice(0, 2).map((share) => workers.run(share))))[0]!;
    const [made, ...more] = await shadowRuns(digest(4));
    expect(more).toEqual([]);
    const [same]: Record<string, unknown>[] = await source.query(
      'SELECT as_of, data_sha256, first_target, count FROM forecast_run WHERE id = $1',
      [besideId],
    );
    expect(made).toMatchObject(same!);
    expect(await standing(digest(4))).toMatchObject({ state: 'RUNS', reason: null });
    expect((await standing(digest(4)))!.lastRunMs).not.toBeNull();
    expect(await standing(digest(3))).toMatchObject({
      state: 'REFUSED',
      reason: 'it took longer than 480 seconds and was stopped',
    });
    expect(await shadowRuns(digest(3))).toEqual([]);
    expect(stopped).toBeGreaterThanOrEqual(SERIES / 2 + 1);
    expect(await shadow()).toBe(false);
  });

  it('one that forecasts another spacing has nothing beside it', async () => {
    await candidate(CANDIDATE, methodArtifact('drift', 'daily'));
    await forecast();
    await shadow();
    expect(await standing()).toMatchObject({
      state: 'REFUSED',
      reason: 'it forecasts daily DEMAND, and what runs weekly DEMAND',
    });
  });

  it('three of a family run at once, those under a vote first; the others wait', async () => {
    for (const at of [5, 6, 7, 8]) {
      await candidate(digest(at), methodArtifact(['drift', 'ses', 'theta', 'holt'][at - 5]!));
    }
    await forecast();
    await shadow();
    const states = await Promise.all([5, 6, 7, 8].map(async (at) => (await standing(digest(at)))!.state));
    expect(states.toSorted()).toEqual(['RUNS', 'RUNS', 'RUNS', 'WAITS']);
    const waiting = [5, 6, 7, 8][states.indexOf('WAITS')]!;
    expect((await standing(digest(waiting)))!.reason).toBe('3 other candidates of the family run');
    await world.proposal(digest(waiting), 1);
    await shadow();
    expect((await standing(digest(waiting)))!.state).toBe('RUNS');
  });

  it('it ends with a lost vote, and goes on when it is proposed anew', async () => {
    await candidate();
    await forecast();
    await world.proposal(CANDIDATE, -1);
    await shadow();
    expect(await standing()).toBeUndefined();
    await source.query('TRUNCATE proposal_created');
    await shadow();
    await world.proposal(CANDIDATE, -1);
    await shadow();
    expect(await standing()).toMatchObject({
      state: 'ENDED',
      reason: 'the vote on it was lost or called off',
    });
    await world.proposal(CANDIDATE, 1);
    await shadow();
    expect((await standing())!.state).toBe('RUNS');
  });

  it('nobody voting on it for half a year ends it', async () => {
    await candidate();
    await shadow(later(179));
    expect((await standing())!.state).toBe('RUNS');
    await shadow(later(181));
    expect(await standing()).toMatchObject({
      state: 'ENDED',
      reason: 'it was not put to a vote within 180 days',
    });
  });

  it('put in force, it makes forecasts of its own from the same data and keeps its record', async () => {
    const sha256 = await candidate();
    await forecast();
    await shadow();
    await world.commitAll();
    await world.activate(CANDIDATE, sha256);
    await shadow();
    expect(await standing()).toMatchObject({ state: 'ENDED', reason: 'it was put in force' });
    const id = await forecast(CANDIDATE, NOW, 'drift');
    expect(id).not.toBeNull();
    expect(await shadowRuns()).toHaveLength(1);
    // The root is on chain already, by the same version: there is nothing to send.
    expect(await new CommitmentRepository(source).uncommitted(NOW)).toEqual([]);
    expect((await new ShadowReader(source).records([CANDIDATE]))[0]).toMatchObject({ runs: 1 });
  });
});
