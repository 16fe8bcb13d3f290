import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { forecastLeaf, merkleTree, type Hex } from '@tallyhouse/proofs';
import { ask } from './kit/api.js';
import { moveTo } from './kit/chain-time.js';
import type { JourneyStack } from './kit/journey-stack.js';
import { allAnchored, captureWorld, firstRow } from './kit/loop.js';
import { startInPastWeeks } from './kit/past-weeks.js';

interface ForecastAnswer {
  readonly run: {
    readonly id: string;
    readonly root: string;
    readonly firstTarget: string;
    readonly commitment: { readonly blockTime: string };
  };
  readonly points: readonly {
    readonly targetStart: string;
    readonly targetEnd: string;
    readonly quantiles: readonly { readonly level: number; readonly value: number }[];
    readonly score: { readonly actual: number } | null;
  }[];
}

const FORECAST = `query F($series: ID!, $run: ID) { forecast(seriesId: $series, runId: $run) {
  run { id root firstTarget commitment { blockTime } }
  points { step targetStart targetEnd mean quantiles { level value } score { actual absError smape pinball inside80 } } } }`;

const SOLD = `SELECT sum(i.quantity)::float8 AS sold
  FROM event_item i JOIN epcis_event e ON e.id = i.event_id WHERE e.biz_step = 'retail_selling'`;

const COMMITTED = `SELECT r.id FROM forecast_run r JOIN forecast_committed c ON c.root = r.root
  WHERE EXISTS (SELECT 1 FROM forecast f WHERE f.run_id = r.id AND f.series_id = $1) ORDER BY r.seq DESC`;

describe('an event becomes a forecast', () => {
  let journey: JourneyStack;
  let nowS: number;
  let cutMs: number;
  let seriesId: string;
  let runId: string;

  beforeAll(async () => {
    ({ journey, nowS, cutMs } = await startInPastWeeks());
  }, 300_000);
  afterAll(() => journey.stop(), 60_000);

  it('what is anchored becomes series whose totals are the units sold', async () => {
    const [{ sold }]: [{ sold: number }] = await journey.dataSource.query(SOLD);
    const total = `SELECT 1 FROM observation o JOIN series s ON s.id = o.series_id
                   WHERE s.frequency = 'WEEKLY' AND s.grain = $1 HAVING sum(o.value) = $2`;
    for (const grain of ['TOTAL', 'PRODUCT', 'SITE', 'PRODUCT_SITE']) {
      await firstRow(journey, `weekly series by ${grain}`, total, [grain, sold]);
    }
    const { series } = await ask<{ series: { edges: { node: { id: string } }[] } }>(
      journey.stack,
      '{ series(filter: { measure: DEMAND, frequency: WEEKLY, grain: TOTAL }, first: 5) { edges { node { id } } } }',
    );
    seriesId = series.edges[0]!.node.id;
  }, 120_000);

  it('a forecast of weeks that have not begun is committed on chain before the first of them', async () => {
    ({ id: runId } = await firstRow<{ id: string }>(journey, 'a committed run', COMMITTED, [seriesId]));
    const { forecast } = await ask<{ forecast: ForecastAnswer }>(journey.stack, FORECAST, {
      series: seriesId,
      run: runId,
    });
    expect(Date.parse(forecast.run.commitment.blockTime)).toBeLessThan(Date.parse(forecast.run.firstTarget));
    for (const { quantiles } of forecast.points) {
      const values = quantiles.map(({ value }) => value);
      expect(values).toEqual([...values].sort((a, b) => a - b));
    }
  }, 120_000);

  it('the committed root is the Merkle root of the stored forecasts', async () => {
    const [run]: { root: Hex; levels: number[] }[] = await journey.dataSource.query(
      'SELECT root, levels FROM forecast_run WHERE id = $1',
      [runId],
    );
    const rows: { series_id: Hex; target_start: Date; target_end: Date; quantiles: number[] }[] =
      await journey.dataSource.query(
        'SELECT series_id, target_start, target_end, quantiles FROM forecast WHERE run_id = $1 ORDER BY leaf_index',
        [runId],
      );
    const seconds = (time: Date): bigint => BigInt(time.getTime() / 1_000);
    const leaves = rows.map((row) =>
      forecastLeaf({
        seriesId: row.series_id,
        targetStart: seconds(row.target_start),
        targetEnd: seconds(row.target_end),
        levels: run!.levels,
        quantiles: row.quantiles,
      }),
    );
    expect(merkleTree(leaves).root).toBe(run!.root);
    const altered = forecastLeaf({
      seriesId: rows[0]!.series_id,
      targetStart: 0n,
      targetEnd: 1n,
      levels: [0.5],
      quantiles: [1],
    });
    expect(merkleTree([altered, ...leaves.slice(1)]).root).not.toBe(run!.root);
  }, 60_000);

  it('it is scored when the weeks have passed and their events are anchored', async () => {
    await moveTo(journey.stack, nowS);
    await captureWorld(journey, ({ event }) => {
      const time = Date.parse(event.eventTime);
      return event.bizStep === 'retail_selling' && time >= cutMs && time < nowS * 1_000;
    });
    await allAnchored(journey);
    await firstRow(journey, 'scores', 'SELECT 1 FROM forecast_score WHERE run_id = $1 AND series_id = $2', [
      runId,
      seriesId,
    ]);
    const { forecast } = await ask<{ forecast: ForecastAnswer }>(journey.stack, FORECAST, {
      series: seriesId,
      run: runId,
    });
    const [first] = forecast.points;
    const [{ value }]: [{ value: number }] = await journey.dataSource.query(
      'SELECT value FROM observation WHERE series_id = $1 AND period_start = $2',
      [seriesId, first!.targetStart],
    );
    expect(first!.score!.actual).toBe(value);
    expect(forecast.points.at(-1)!.score).toBeNull();
  }, 180_000);
});
