import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { openEngine, seededRandom, type Engine } from '@tallyhouse/compute';
import {
  bias,
  coverage,
  createForecaster,
  globalForecaster,
  mase,
  meanOfKnown,
  owa,
  periodStart,
  rmsse,
  smape,
  type Forecaster,
  type Frequency,
  type Panel,
  type SeriesForecast,
} from '@tallyhouse/forecasting';

interface Row {
  readonly id: string;
  readonly group: string;
  readonly season: number;
  readonly train: Float64Array;
  readonly test: Float64Array;
}

interface Benchmark {
  readonly name: string;
  readonly file: string;
  readonly frequency: Frequency;
  readonly group?: string;
  readonly methods: readonly string[];
  readonly inputSize?: number;
}

const LEVELS = [0.025, 0.1, 0.5, 0.9, 0.975];
const SEED = 1;
const SMOOTHING = [
  'naive',
  'seasonal-naive',
  'naive2',
  'ses',
  'theta',
  'theta-dynamic',
  'combination',
  'ets',
];
const NETWORK = 'global-network';
const JOINED = 'mean of global-network and theta-dynamic';
const shared = process.env.TALLYHOUSE_SHARED_DATA ?? resolve('..', 'shared', 'data');

const BENCHMARKS: readonly Benchmark[] = [
  { name: 'M3', file: 'm3/m3_dev.csv.gz', frequency: 'monthly', methods: SMOOTHING },
  {
    name: 'M3 monthly',
    file: 'm3/m3_dev.csv.gz',
    frequency: 'monthly',
    group: 'MONTHLY',
    methods: [...SMOOTHING, NETWORK],
  },
  {
    name: 'M4 weekly',
    file: 'm4/m4_weekly.csv.gz',
    frequency: 'weekly',
    methods: [...SMOOTHING, NETWORK],
    inputSize: 52,
  },
  {
    name: 'M4 hourly',
    file: 'm4/m4_hourly.csv.gz',
    frequency: 'daily',
    methods: [...SMOOTHING, 'mstl-ets'],
  },
  {
    name: 'NN5 daily',
    file: 'nn5/nn5_daily.csv.gz',
    frequency: 'daily',
    methods: [...SMOOTHING, 'mstl-ets', NETWORK],
  },
  {
    name: 'car parts',
    file: 'carparts/carparts_monthly.csv.gz',
    frequency: 'monthly',
    methods: ['naive', 'naive2', 'ses', 'croston', 'croston-sba', 'tsb', 'adida', NETWORK],
  },
];

const numbers = (text: string): Float64Array =>
  Float64Array.from(text.split(';'), (word) => (word === 'NA' ? NaN : Number(word)));

function rowsOf({ file, group }: Benchmark): Row[] {
  const lines = gunzipSync(readFileSync(resolve(shared, file)))
    .toString()
    .trim()
    .split('\n')
    .slice(1);
  const rows = lines.map((line): Row => {
    const [id = '', period = '', , season, , train = '', test = ''] = line.split(',');
    return { id, group: period, season: Number(season), train: numbers(train), test: numbers(test) };
  });
  return group === undefined ? rows : rows.filter((row) => row.group === group);
}

/** Panels of one season and horizon; the histories of a panel end at one date. */
function panelsOf(rows: readonly Row[], frequency: Frequency): { panel: Panel; rows: Row[] }[] {
  const kinds = new Map<string, Row[]>();
  for (const row of rows) {
    const kind = `${row.season}/${row.test.length}`;
    kinds.set(kind, [...(kinds.get(kind) ?? []), row]);
  }
  return [...kinds.values()].map((kind) => ({
    rows: kind,
    panel: {
      frequency,
      seasonLength: kind[0]!.season,
      series: kind.map(({ id, train }) => ({
        id,
        start: periodStart(12_000 - train.length, frequency),
        values: train,
      })),
    },
  }));
}

function forecasterOf(method: string, { inputSize }: Benchmark, horizon: number): Forecaster {
  return method === NETWORK
    ? globalForecaster({ horizon, ...(inputSize === undefined ? {} : { inputSize }) })
    : createForecaster(method);
}

async function forecastAll(benchmark: Benchmark, method: string, engine: Engine): Promise<SeriesForecast[]> {
  const made = new Map<string, SeriesForecast>();
  const all = rowsOf(benchmark);
  for (const { panel, rows } of panelsOf(all, benchmark.frequency)) {
    const horizon = rows[0]!.test.length;
    const context = { rng: seededRandom(SEED), engine };
    const fitted = await forecasterOf(method, benchmark, horizon).fit(panel, context);
    for (const forecast of await fitted.predict(horizon, LEVELS)) made.set(forecast.id, forecast);
  }
  return all.map(({ id }) => made.get(id)!);
}

function figuresOf(rows: readonly Row[], forecasts: readonly SeriesForecast[]) {
  const mean = (of: (row: Row, forecast: SeriesForecast) => number): number =>
    Number(meanOfKnown(rows.map((row, index) => of(row, forecasts[index]!))).toFixed(4));
  return {
    smape: mean(({ test }, forecast) => smape(test, forecast.mean)),
    mase: mean(({ test, train, season }, forecast) => mase(test, forecast.mean, train, season)),
    rmsse: mean(({ test, train }, forecast) => rmsse(test, forecast.mean, train)),
    bias: mean(({ test }, forecast) => bias(test, forecast.mean)),
    inside80: mean(({ test }, { quantiles }) => coverage(test, quantiles[1]!, quantiles[3]!)),
    inside95: mean(({ test }, { quantiles }) => coverage(test, quantiles[0]!, quantiles[4]!)),
  };
}

const joined = (a: SeriesForecast, b: SeriesForecast): SeriesForecast => ({
  ...a,
  mean: a.mean.map((value, step) => (value + b.mean[step]!) / 2),
});

async function measure(benchmark: Benchmark, engine: Engine) {
  const rows = rowsOf(benchmark);
  const made = new Map<string, { forecasts: SeriesForecast[]; msPerSeries: number | undefined }>();
  for (const method of benchmark.methods) {
    const begin = performance.now();
    const forecasts = await forecastAll(benchmark, method, engine);
    made.set(method, {
      forecasts,
      msPerSeries: Number(((performance.now() - begin) / rows.length).toFixed(2)),
    });
  }
  const [network, theta] = [made.get(NETWORK), made.get('theta-dynamic')];
  if (network && theta) {
    const forecasts = network.forecasts.map((forecast, index) => joined(forecast, theta.forecasts[index]!));
    made.set(JOINED, { forecasts, msPerSeries: undefined });
  }
  const reference = figuresOf(rows, made.get('naive2')!.forecasts);
  return Object.fromEntries(
    [...made].map(([method, { forecasts, msPerSeries }]) => {
      const figures = figuresOf(rows, forecasts);
      return [method, { ...figures, owa: Number(owa(figures, reference).toFixed(4)), msPerSeries }];
    }),
  );
}

const engine = await openEngine({ device: 'cpu', threads: 2 });
const benchmarks: Record<string, Awaited<ReturnType<typeof measure>>> = {};
for (const benchmark of BENCHMARKS) {
  benchmarks[benchmark.name] = await measure(benchmark, engine);
  console.log(benchmark.name);
  console.table(benchmarks[benchmark.name]);
}
await engine.close();
const results = { seed: SEED, engine: `${engine.name} on ${engine.device}`, benchmarks };
writeFileSync(
  resolve('experiments/forecast-benchmarks/results.json'),
  `${JSON.stringify(results, null, 2)}\n`,
);
