import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { artifactOf, StatementRepository } from '@tallyhouse/forecasting';
import { ARTIFACT_STORE, type ArtifactStore } from '@tallyhouse/model-registry';
import type { Hex } from '@tallyhouse/proofs';
import { CANDIDATE_BOUNDS } from '../src/forecasts/what-if-desk.js';
import { API_KEY, startApi, type ApiUnderTest } from './kit/api-under-test.js';
import { ChainRows, FIRST_VERSION, hash, PARTNER, SECOND_VERSION } from './kit/chain-rows.js';
import { documentedOperations, filledIn } from './kit/documented-operations.js';
import { addRuntime } from './kit/forecast-rows.js';
import { fillPricedMonths, idOf, NOW, productOf, putIntoForce, TOTAL } from './kit/priced-months.js';

// A network is trained before the first question.
jest.setTimeout(300_000);

/** Put forward with the same file as the version in force, and never voted on. */
const CANDIDATE = hash(600);

const ASK = `query W($input: WhatIfInput!) { whatIf(input: $input) {
  versionId artifactSha256 state asOf dataSha256 covariates { name kind words isHeard gain } run { id }
  points { step targetStart isChanged planned { mean quantiles { level value } } changed { mean quantiles { level value } }
    stored { mean quantiles { level value } } } } }`;
const SAY = `mutation S($statements: [CovariateStatementInput!]!) { sayCovariates(statements: $statements) { kept } }`;

const VERSIONS =
  '{ whatIfVersions { versionId state isRunning measure frequency covariates { name kind isHeard } } }';
const [OLD_RUN, NEW_RUN] = [1, 2].map((n) => `5b1c7d0e-0000-4000-8000-00000000000${n}`);

/** Stands in for the process of a candidate: says of each month the price that it is told. */
const SHARES = `process.on('message', ({ panel, horizon, levels }) => {
  const forecasts = panel.series.map(({ id, values, covariates: [price] }) => {
    const path = () => Float64Array.from({ length: horizon }, (_, step) => price[values.length + step]);
    return { id, mean: path(), quantiles: levels.map(path), method: 'tide' };
  });
  process.send({ forecasts });
});`;
const HOLDS = `process.once('message', () => { for (;;); });`;

interface Value {
  mean: number;
  quantiles: { level: number; value: number }[];
}
interface Answer {
  versionId: string;
  artifactSha256: string;
  state: string;
  asOf: string;
  dataSha256: string;
  covariates: { name: string; kind: string; isHeard: boolean }[];
  run: { id: string } | null;
  points: {
    step: number;
    targetStart: string;
    isChanged: boolean;
    planned: Value;
    changed: Value;
    stored: Value | null;
  }[];
}

describe('what if', () => {
  let api: ApiUnderTest;
  let artifact: Hex;
  let folder: string;
  beforeAll(async () => {
    api = await startApi({ PARTNER_DATA: 'private', FORECAST_HORIZON: '3' });
    const chain = new ChainRows(api.dataSource);
    await chain.governance();
    await chain.checkpoint();
    await addRuntime(api.dataSource);
    await api.dataSource.query('UPDATE chain_checkpoint SET block_time = $1', [NOW]);
    await fillPricedMonths(api.dataSource);
    artifact = await putIntoForce(api);
    const [first]: Record<string, unknown>[] = await api.dataSource.query(
      `SELECT family, proposer, report_sha256, data_root, data_block, uri FROM model_version_proposed WHERE version_id = $1`,
      [FIRST_VERSION],
    );
    await chain.fact('model_version_proposed', {
      ...{ ...first, version_id: CANDIDATE, artifact_sha256: artifact },
    });
    folder = await mkdtemp(join(tmpdir(), 'tallyhouse-what-if-'));
  }, 280_000);
  afterAll(async () => {
    await api?.stop();
    await rm(folder, { recursive: true });
  });

  /** What candidates are forecast by from now on. */
  const runCandidatesBy = async (code: string): Promise<void> => {
    const entry = join(folder, 'stand-in.mjs');
    await writeFile(entry, code);
    Object.assign(api.app.get<object>(CANDIDATE_BOUNDS), {
      entry,
      timeoutMs: code === HOLDS ? 2_000 : 20_000,
    });
  };
  const KEY = { 'x-api-key': API_KEY };
  const ask = async (input: object, headers: Record<string, string> = KEY): Promise<Answer | null> => {
    const { data, errors } = await api.post(ASK, { input }, headers);
    expect(errors).toEqual([]);
    return (data as { whatIf: Answer | null }).whatIf;
  };
  const refusal = async (query: string, variables: object, headers: Record<string, string> = KEY) => {
    const { errors } = await api.post(query, variables, headers);
    return { code: errors[0]?.extensions['code'], message: errors[0]?.message };
  };
  const say = (value: string, over: object = {}) => ({
    ...{ covariate: 'price', product: productOf(0), from: '2026-02-01', to: '2026-02-28', value, ...over },
  });

  it('is answered by the version in force, with both forecasts and what was heard', async () => {
    const answer = (await ask({ seriesId: idOf(0), changes: 'price +10 %' }))!;
    expect(answer).toMatchObject({
      ...{ versionId: FIRST_VERSION, artifactSha256: artifact, state: 'ACTIVE', run: null },
      ...{ asOf: '2026-01-01T00:00:00.000Z' },
      covariates: [{ name: 'price', kind: 'RELATIVE', isHeard: true }],
    });
    expect(answer.points.map(({ step, targetStart }) => [step, targetStart.slice(0, 7)])).toEqual([
      [1, '2026-02'],
      [2, '2026-03'],
      [3, '2026-04'],
    ]);
    for (const { planned, changed, stored } of answer.points) {
      expect(stored).toBeNull();
      expect(changed.mean / planned.mean).toBeLessThan(0.95);
      expect(changed.mean / planned.mean).toBeGreaterThan(0.75);
      expect(planned.quantiles).toHaveLength(7);
      expect(planned.quantiles[0]!.value).toBeLessThan(planned.quantiles[6]!.value);
    }
  });

  it('shows anybody which versions can be asked and what they take, what runs first', async () => {
    const { data } = await api.post(VERSIONS);
    const covariates = [{ name: 'price', kind: 'RELATIVE', isHeard: true }];
    const taken = { measure: 'DEMAND', frequency: 'MONTHLY', covariates };
    expect(data).toEqual({
      whatIfVersions: [
        { versionId: FIRST_VERSION, state: 'ACTIVE', isRunning: true, ...taken },
        { versionId: CANDIDATE, state: 'PROPOSED', isRunning: false, ...taken },
      ],
    });
  });

  it('is answered by a candidate too, which runs in a process of its own and is said not to be in force', async () => {
    await runCandidatesBy(SHARES);
    const answer = (await ask({ seriesId: idOf(0), changes: 'price +10 %', versionId: CANDIDATE }))!;
    expect(answer).toMatchObject({ versionId: CANDIDATE, artifactSha256: artifact, state: 'PROPOSED' });
    expect(answer.points.map(({ isChanged }) => isChanged)).toEqual([true, true, true]);
    // The stand-in forecasts the price that it is told.
    for (const { planned, changed } of answer.points) expect(changed.mean / planned.mean).toBeCloseTo(1.1, 6);
  });

  it.each([
    ['holds on', HOLDS, 'it took longer than 2 seconds and was stopped'],
    ['says no', `process.once('message', () => process.send({ refusal: 'no engine' }));`, 'no engine'],
    [
      'makes no sense',
      SHARES.replace('levels.map(path)', 'levels.map((level) => path().fill(-level))'),
      'cross',
    ],
  ])('disturbs nobody where a candidate %s', async (_, code, words) => {
    await runCandidatesBy(code);
    const question = { seriesId: idOf(0), changes: 'price +10 %' };
    const [refused, answer] = await Promise.all([
      refusal(ASK, { input: { ...question, versionId: CANDIDATE } }),
      ask(question),
    ]);
    expect(refused).toEqual({ code: 'ARGUMENT_INVALID', message: expect.stringContaining(words) });
    expect(answer!.state).toBe('ACTIVE');
  });

  it('shows beside it what the newest run stored of the same months', async () => {
    await api.dataSource.query(
      `WITH run AS (
         INSERT INTO forecast_run (id, family, version_id, artifact_sha256, proposal_id, frequency, as_of, first_target,
           as_of_block, data_sha256, levels, root, count, created_at)
         SELECT r.id, 'demand', $1, $2, NULL, 'MONTHLY', '2026-01-01Z', '2026-02-01Z', 9, r.root, '{0.1,0.5,0.9}', r.root, 2, now()
         FROM (VALUES ($4::uuid, $6), ($5::uuid, $7)) r (id, root) RETURNING id
       )
       INSERT INTO forecast (run_id, series_id, step, leaf_index, target_start, target_end, mean, quantiles, method)
       SELECT id, $3, step, step, timestamptz '2026-01-01Z' + step * interval '1 month',
         timestamptz '2026-02-01Z' + step * interval '1 month', 70 + step, '{60,70,80}', 'tide'
       FROM run, generate_series(1, 2) step`,
      [FIRST_VERSION, artifact, idOf(0), OLD_RUN, NEW_RUN, hash(15), hash(16)],
    );
    await api.dataSource.query('UPDATE forecast SET mean = mean + 100 WHERE run_id = $1', [NEW_RUN]);
    const question = { seriesId: idOf(0), changes: 'price +10 %' };
    const { run, points } = (await ask(question))!;
    expect(run).toEqual({ id: NEW_RUN });
    expect(points.map(({ stored }) => stored?.mean)).toEqual([171, 172, undefined]);
    expect(points[0]!.stored!.quantiles).toEqual([
      { level: 0.1, value: 60 },
      { level: 0.5, value: 70 },
      { level: 0.9, value: 80 },
    ]);
    await api.dataSource.query('UPDATE forecast_run SET withdrawn_at = now() WHERE id = $1', [NEW_RUN]);
    expect((await ask(question))!.points.map(({ stored }) => stored?.mean)).toEqual([71, 72, undefined]);
  });

  it('holds in the periods that are named, and in no other', async () => {
    const march = { from: '2026-03-01T00:00:00Z', until: '2026-04-01T00:00:00Z' };
    const { points } = (await ask({ seriesId: idOf(0), changes: 'price -20 %', ...march }))!;
    expect(points.map(({ isChanged }) => isChanged)).toEqual([false, true, false]);
    expect(points[1]!.changed.mean).toBeGreaterThan(1.1 * points[1]!.planned.mean);
  });

  it('of a sum moves the prices of all its parts by a share, and takes no amount of money', async () => {
    const { points } = (await ask({ seriesId: TOTAL, changes: 'price +10 %' }))!;
    expect(points[0]!.changed.mean).toBeLessThan(points[0]!.planned.mean);
    expect(await refusal(ASK, { input: { seriesId: TOTAL, changes: 'price = 3' } })).toEqual({
      code: 'ARGUMENT_INVALID',
      message: expect.stringContaining('write price +10 %, or ask of a product at a site'),
    });
  });

  it('is of series that the version forecasts', async () => {
    expect(await refusal(ASK, { input: { seriesId: hash(999), changes: 'price +10 %' } })).toEqual({
      code: 'ARGUMENT_INVALID',
      message: expect.stringContaining(
        'the version forecasts monthly DEMAND, and this series is daily DEMAND',
      ),
    });
  });

  it('rests on what the partner says, from when it is said', async () => {
    const before = (await ask({ seriesId: idOf(0), changes: 'price +0 %' }))!;
    const { data, errors } = await api.post(SAY, { statements: [say('2.2')] }, KEY);
    expect([errors, data]).toEqual([[], { sayCovariates: { kept: 1 } }]);
    expect((await ask({ seriesId: idOf(0), changes: 'price +0 %' }))!.dataSha256).toBe(before.dataSha256);
    const [row]: { saidBy: string }[] = await api.dataSource.query(
      `SELECT said_by AS "saidBy" FROM covariate_statement ORDER BY seq DESC LIMIT 1`,
    );
    expect(row!.saidBy).toBe(PARTNER);
    // What is said by the api is said now, long after the last block of this test.
    await new StatementRepository(api.dataSource).add(PARTNER, 'import', [
      {
        ...{ name: 'price', product: productOf(0), site: null, value: 1.6, saidAt: new Date('2026-01-09Z') },
        ...{ firstDay: '2026-02-01', lastDay: '2026-02-28' },
      },
    ]);
    const after = (await ask({ seriesId: idOf(0), changes: 'price +0 %' }))!;
    expect(after.dataSha256).not.toBe(before.dataSha256);
    expect(after.points[0]!.planned.mean).not.toBe(before.points[0]!.planned.mean);
  });

  it('is nobody else’s: without the key there is no such series, and nothing can be said', async () => {
    expect(await ask({ seriesId: idOf(0), changes: 'price +10 %' }, {})).toBeNull();
    expect(await refusal(SAY, { statements: [say('2')] }, {})).toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('says of each statement that cannot be kept its field and what to write, and keeps none', async () => {
    const count = async (): Promise<number> => {
      const [row]: { n: number }[] = await api.dataSource.query(
        'SELECT count(*)::int AS n FROM covariate_statement',
      );
      return row!.n;
    };
    const before = await count();
    const statements = [say('2'), say('', { from: 'March' }), say('dear')];
    expect(await refusal(SAY, { statements })).toEqual({
      code: 'ARGUMENT_INVALID',
      message: 'nothing was kept; 1 of 3 cannot be: statements[1].from: "March" is no day; write 2026-03-01',
    });
    expect(await refusal(SAY, { statements: [say('2'), say('dear')] })).toEqual({
      code: 'ARGUMENT_INVALID',
      message: expect.stringContaining('statement 2, value: "dear" is a word'),
    });
    expect(await count()).toBe(before);
  });

  it.each([
    ['cheaper', {}, 'write price +10 %'],
    ['colour = red', {}, '"colour" is no covariate; there are price'],
    [
      'price +10 %',
      { from: '2027-01-01T00:00:00Z' },
      'the first begins on 2026-02-01, the last on 2026-04-01',
    ],
    ['price +10 %', { versionId: hash(404) }, 'there is no version'],
    ['price +10 %', { versionId: SECOND_VERSION }, 'cannot be had here now, or has more than 32 MiB'],
    [`price = ${'1'.repeat(500)}`, {}, 'at most 500'],
  ])('is refused in plain words: %s %j', async (changes, over, words) => {
    const refused = await refusal(ASK, { input: { seriesId: idOf(0), changes, ...over } });
    expect(refused).toEqual({ code: 'ARGUMENT_INVALID', message: expect.stringContaining(words) });
  });

  it.each(documentedOperations('forecasting.md'))(
    'docs/forecasting.md shows $name, and it answers',
    async (one) => {
      const variables = filledIn(one.variables, { 'series id': idOf(1) });
      const { data, errors } = await api.post(one.text, variables, KEY);
      expect(errors).toEqual([]);
      expect(Object.values(data!)).not.toContain(null);
    },
  );

  it('says what to do where the version takes no covariates', async () => {
    const sha256 = await api.app.get<ArtifactStore>(ARTIFACT_STORE).put(
      artifactOf({
        ...{ family: 'demand', forecaster: 'naive', config: {}, dataRoot: null, dataBlock: null },
        featureSpec: { measure: 'DEMAND', frequency: 'monthly' },
      }),
    );
    await api.dataSource.query('UPDATE model_runtime SET running_artifact_sha256 = $1', [sha256]);
    const { data } = await api.post(VERSIONS);
    expect(data).toMatchObject({ whatIfVersions: [{ versionId: CANDIDATE }] });
    expect(await refusal(ASK, { input: { seriesId: idOf(0), changes: 'price +10 %' } })).toEqual({
      code: 'ARGUMENT_INVALID',
      message: expect.stringContaining('./tallyhouse model train --forecaster tide'),
    });
  });
});
