import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it, jest } from '@jest/globals';
import { seededRandom } from '@tallyhouse/compute';
import { BENCHMARKS, benchmarkPath, type Benchmark } from '../competition/benchmarks.js';
import { competitionFigures, type CompetitionFigures } from '../competition/figures.js';
import { readPanelFile } from '../competition/panel-file.js';
import { bias, mase, meanAbsoluteError, meanOfKnown, rmsse, smape } from '../backtest/metrics.js';
import { createForecaster, type LocalMethodName } from '../methods/registry.js';

// Thousands of series, on a machine that runs other specs too.
jest.setTimeout(120_000);

const shared = process.env.TALLYHOUSE_SHARED_DATA ?? resolve(process.cwd(), '../shared/data');
const present = existsSync(shared);
if (!present) console.warn(`skipped: the published figures of the naive methods, no ${shared}`);
const published = present ? it : it.skip;

type Measure = 'smape' | 'mase' | 'rmsse' | 'mae' | 'bias';

interface Row {
  readonly season: number;
  readonly train: Float64Array;
  readonly test: Float64Array;
}

const numbers = (text: string): Float64Array =>
  Float64Array.from(text.split(';'), (word) => (word === 'NA' ? NaN : Number(word)));

function rowsOf(file: string): Row[] {
  const lines = gunzipSync(readFileSync(resolve(shared, file)))
    .toString()
    .trim()
    .split('\n')
    .slice(1);
  return lines.map((line) => {
    const [, , , season, , train, test] = line.split(',');
    return { season: Number(season), train: numbers(train!), test: numbers(test!) };
  });
}

async function figures(file: string, method: LocalMethodName) {
  const scores: Record<Measure, number>[] = [];
  for (const { season, train, test } of rowsOf(file)) {
    const series = [{ id: 'a', start: '2000-01-01', values: train }];
    const panel = { frequency: 'monthly' as const, seasonLength: season, series };
    const fitted = await createForecaster(method).fit(panel, { rng: seededRandom(1) });
    const [forecast] = await fitted.predict(test.length, []);
    const { mean } = forecast!;
    scores.push({
      smape: smape(test, mean),
      mase: mase(test, mean, train, season),
      rmsse: rmsse(test, mean, train),
      mae: meanAbsoluteError(test, mean),
      bias: bias(test, mean),
    });
  }
  const of = (name: Measure): number => meanOfKnown(scores.map((score) => score[name]));
  return { smape: of('smape'), mase: of('mase'), rmsse: of('rmsse'), mae: of('mae'), bias: of('bias') };
}

describe('published figures of simple methods', () => {
  published('naive2 on the M4 weekly half is 9.236 and 2.538', async () => {
    const found = await figures('m4/m4_weekly.csv.gz', 'naive2');
    expect(found.smape).toBeCloseTo(9.236, 3);
    expect(found.mase).toBeCloseTo(2.538, 3);
  });

  published('naive2 on the M3 half is 14.618 and 1.685', async () => {
    const found = await figures('m3/m3_dev.csv.gz', 'naive2');
    expect(found.smape).toBeCloseTo(14.618, 3);
    expect(found.mase).toBeCloseTo(1.685, 3);
  });

  published('theta on the M3 half is within 0.01 of R’s thetaf, 12.713 and 1.414', async () => {
    const found = await figures('m3/m3_dev.csv.gz', 'theta');
    expect(Math.abs(found.smape - 12.713)).toBeLessThan(0.01);
    expect(found.mase).toBeCloseTo(1.414, 3);
  });

  published('naive on the car parts half has MAE 0.702, RMSSE 0.886 and bias 0.102', async () => {
    const found = await figures('carparts/carparts_monthly.csv.gz', 'naive');
    expect(found.mae).toBeCloseTo(0.702, 3);
    expect(found.rmsse).toBeCloseTo(0.886, 3);
    expect(found.bias).toBeCloseTo(0.102, 3);
  });

  published('TSB on the car parts half has RMSSE 0.733', async () => {
    expect((await figures('carparts/carparts_monthly.csv.gz', 'tsb')).rmsse).toBeCloseTo(0.733, 3);
  });
});

function benchmarkFigures(file: string): Record<Benchmark, CompetitionFigures> {
  const series = readPanelFile(gunzipSync(readFileSync(resolve(shared, file))).toString());
  const of = (name: Benchmark): { mean: Float64Array }[] =>
    series.map((one) => ({ mean: benchmarkPath(name, one) }));
  const naive2 = competitionFigures(series, of('naive2'));
  return Object.fromEntries(
    BENCHMARKS.map((name) => [name, competitionFigures(series, of(name), naive2)]),
  ) as Record<Benchmark, CompetitionFigures>;
}

describe('published figures of the peers that run beside the ensemble', () => {
  published.each([
    ['nn5/nn5_daily.csv.gz', [48.52, 1.828], [26.6, 1.006, 0.549], [22.23, 0.879, 0.469]],
    ['m4/m4_hourly.csv.gz', [18.117, 2.23], [13.86, 1.146, 0.64], [17.757, 2.28, 1.001]],
    ['m4/m4_weekly.csv.gz', [9.236, 2.538], [9.236, 2.538, 1], [9.237, 2.418, 0.976]],
  ])('come out on %s, the OWA within 0.002', (file, naive2, seasonal, theta) => {
    const found = benchmarkFigures(file);
    expect(Math.abs(found.naive2.smape - naive2[0]!)).toBeLessThan(0.005);
    expect(Math.abs(found.naive2.mase - naive2[1]!)).toBeLessThan(0.001);
    expect(Math.abs(found['seasonal-naive'].smape - seasonal[0]!)).toBeLessThan(0.005);
    expect(Math.abs(found['seasonal-naive'].owa! - seasonal[2]!)).toBeLessThan(0.002);
    expect(Math.abs(found.theta.smape - theta[0]!)).toBeLessThan(0.01);
    expect(Math.abs(found.theta.owa! - theta[2]!)).toBeLessThan(0.002);
  });
});
