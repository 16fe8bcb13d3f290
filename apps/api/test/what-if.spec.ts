import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { openEngine, seededRandom } from '@tallyhouse/compute';
import {
  artifactOf,
  informedForecaster,
  outlookOf,
  PanelRepository,
  statedCovariates,
  StatementRepository,
  tideArtifact,
  tideForecaster,
  type NewStatement,
} from '@tallyhouse/forecasting';
import { ARTIFACT_STORE, type ArtifactStore } from '@tallyhouse/model-registry';
import type { Hex } from '@tallyhouse/proofs';
import { API_KEY, startApi, type ApiUnderTest } from './kit/api-under-test.js';
import { ChainRows, FIRST_VERSION, hash, PARTNER, SECOND_VERSION } from './kit/chain-rows.js';
import { documentedOperations, filledIn } from './kit/documented-operations.js';
import { addRuntime } from './kit/forecast-rows.js';

// A network is trained before the first question.
jest.setTimeout(300_000);

const NOW = new Date('2026-01-10T00:00:00Z');
const MONTHS = 40;
const PRODUCTS = 24;
const SITE = 'https://id.gs1.org/414/9521141000014';
const productOf = (at: number): string => `https://id.gs1.org/01/0952114${String(at).padStart(7, '0')}`;
const idOf = (at: number): string => hash(1_000 + at);
/** The sum of all products. */
const TOTAL = idOf(PRODUCTS);

const ASK = `query W($input: WhatIfInput!) { whatIf(input: $input) {
  versionId artifactSha256 asOf dataSha256 covariates { name kind words isHeard gain } run { id }
  points { step targetStart isChanged planned { mean quantiles { level value } } changed { mean quantiles { level value } } } } }`;
const SAY = `mutation S($statements: [CovariateStatementInput!]!) { sayCovariates(statements: $statements) { kept } }`;

interface Value {
  mean: number;
  quantiles: { level: number; value: number }[];
}
interface Answer {
  versionId: string;
  artifactSha256: string;
  asOf: string;
  dataSha256: string;
  covariates: { name: string; kind: string; isHeard: boolean }[];
  run: { id: string } | null;
  points: { step: number; targetStart: string; isChanged: boolean; planned: Value; changed: Value }[];
}

describe('what if', () => {
  let api: ApiUnderTest;
  let artifact: Hex;
  beforeAll(async () => {
    api = await startApi({ PARTNER_DATA: 'private', FORECAST_HORIZON: '3' });
    const chain = new ChainRows(api.dataSource);
    await chain.governance();
    await chain.checkpoint();
    await addRuntime(api.dataSource);
    await api.dataSource.query('UPDATE chain_checkpoint SET block_time = $1', [NOW]);
    await fill();
    artifact = await train();
  }, 280_000);
  afterAll(() => api?.stop());

  /** Demand falls with the price to the power of -1.5; prices move every month and were said at once. */
  async function fill(): Promise<void> {
    const { dataSource } = api;
    const random = seededRandom(4);
    const statements: NewStatement[] = [];
    const total = new Float64Array(MONTHS);
    const write = async (at: number, grain: string, product: string | null, values: Float64Array) => {
      await dataSource.query(
        `INSERT INTO series (id, partner, measure, frequency, grain, product, site, label)
         VALUES ($1, $2, 'DEMAND', 'MONTHLY', $3, $4, $5, $1)`,
        [idOf(at), PARTNER, grain, product, grain === 'TOTAL' ? null : SITE],
      );
      await dataSource.query(
        `INSERT INTO observation SELECT $1, timestamptz '2022-09-01Z' + (n - 1) * interval '1 month', value, 1
         FROM unnest($2::float8[]) WITH ORDINALITY v (value, n)`,
        [idOf(at), [...values]],
      );
    };
    for (let at = 0; at < PRODUCTS; at++) {
      const level = 50 + 100 * random.uniform();
      const values = Float64Array.from({ length: MONTHS }, (_, month) => {
        const price = 2 * (0.8 + 0.4 * random.uniform());
        const begin = new Date(Date.UTC(2022, 8 + month, 1));
        statements.push({
          ...{ name: 'price', product: productOf(at), site: null, value: price, saidAt: begin },
          firstDay: begin.toISOString().slice(0, 10),
          lastDay: new Date(Date.UTC(2022, 9 + month, 0)).toISOString().slice(0, 10),
        });
        const sold = Math.round(level * (price / 2) ** -1.5 * (1 + 0.05 * random.normal()));
        total[month]! += sold;
        return sold;
      });
      await write(at, 'PRODUCT_SITE', productOf(at), values);
    }
    await write(PRODUCTS, 'TOTAL', null, total);
    await dataSource.query(
      `INSERT INTO series (id, partner, measure, frequency, grain, label) VALUES ($1, $2, 'DEMAND', 'DAILY', 'TOTAL', 'd')`,
      [hash(999), PARTNER],
    );
    await dataSource.query(`INSERT INTO observation VALUES ($1, '2025-12-31T00:00:00Z', 1, 1)`, [hash(999)]);
    await new StatementRepository(dataSource).add(PARTNER, 'import', statements);
  }

  /** Trains a small network on what is there, and puts it into force. */
  async function train(): Promise<Hex> {
    const { dataSource, app } = api;
    const request = { measure: 'DEMAND', frequency: 'monthly', asOf: NOW } as const;
    const dated = (await new PanelRepository(dataSource).panel(request))!;
    const statements = await new StatementRepository(dataSource).read();
    const taken = { covariates: statedCovariates(statements), block: 4 };
    const outlook = outlookOf(dated, statements, { taken, now: NOW, steps: 4 });
    const engine = await openEngine({ device: 'cpu', threads: 1 });
    try {
      const settings = {
        horizon: 4,
        hidden: 24,
        steps: 250,
        batchSize: 96,
        learningRate: 5e-3,
        inputSize: 12,
      };
      const tide = tideForecaster(settings, (model) =>
        tideArtifact(model, {
          ...{ family: 'demand', dataRoot: null, dataBlock: null },
          featureSpec: { measure: 'DEMAND', frequency: 'monthly' },
        }),
      );
      const fitted = await informedForecaster(tide, outlook).fit(dated.panel, {
        rng: seededRandom(2),
        engine,
      });
      const sha256 = await app.get<ArtifactStore>(ARTIFACT_STORE).put(fitted.toArtifact!());
      await dataSource.query('UPDATE model_runtime SET running_artifact_sha256 = $1', [sha256]);
      return sha256;
    } finally {
      await engine.close();
    }
  }

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
      ...{ versionId: FIRST_VERSION, artifactSha256: artifact, run: null, asOf: '2026-01-01T00:00:00.000Z' },
      covariates: [{ name: 'price', kind: 'RELATIVE', isHeard: true }],
    });
    expect(answer.points.map(({ step, targetStart }) => [step, targetStart.slice(0, 7)])).toEqual([
      [1, '2026-02'],
      [2, '2026-03'],
      [3, '2026-04'],
    ]);
    for (const { planned, changed } of answer.points) {
      expect(changed.mean / planned.mean).toBeLessThan(0.95);
      expect(changed.mean / planned.mean).toBeGreaterThan(0.75);
      expect(planned.quantiles).toHaveLength(7);
      expect(planned.quantiles[0]!.value).toBeLessThan(planned.quantiles[6]!.value);
    }
  });

  it('shows anybody what the version in force takes', async () => {
    const { data } = await api.post('{ covariatesTaken { name kind isHeard } }');
    expect(data).toEqual({ covariatesTaken: [{ name: 'price', kind: 'RELATIVE', isHeard: true }] });
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
    ['price +10 %', { versionId: SECOND_VERSION }, 'no vote ever put'],
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
    expect((await api.post('{ covariatesTaken { name } }')).data).toEqual({ covariatesTaken: [] });
    expect(await refusal(ASK, { input: { seriesId: idOf(0), changes: 'price +10 %' } })).toEqual({
      code: 'ARGUMENT_INVALID',
      message: expect.stringContaining('./tallyhouse model train --forecaster tide'),
    });
  });
});
