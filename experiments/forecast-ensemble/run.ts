import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { openEngine, seededRandom } from '@tallyhouse/compute';
import {
  forecastFile,
  readPanelFile,
  runInThreads,
  scoreForecasts,
  withBenchmarks,
  type EnsemblePhase,
  type FileSeries,
} from '@tallyhouse/forecasting';
import { earlierOrigins, type OriginCoverage } from './earlier-origins.js';

const SEED = 1;
const SETS = ['m3/m3_dev', 'm4/m4_hourly', 'm4/m4_weekly', 'nn5/nn5_daily', 'carparts/carparts_monthly'];
const shared = process.env.TALLYHOUSE_SHARED_DATA ?? resolve('..', 'shared', 'data');

/** Every twentieth value, by the seed, taken for missing. */
function withGaps(values: Float64Array, seed: number): Float64Array {
  const random = seededRandom(seed);
  return values.map((value) => (random.uniform() < 0.05 ? NaN : value));
}

function read(name: string): { readonly bytes: Buffer; readonly all: FileSeries[] } {
  const bytes = readFileSync(resolve(shared, `${name}.csv.gz`));
  return { bytes, all: readPanelFile(gunzipSync(bytes).toString()) };
}

const engine = await openEngine({ device: 'cpu', threads: 2 });

async function measure(name: string, network: boolean, gaps: boolean) {
  const { bytes, all } = read(name);
  const known = gaps ? all.map((one, at) => ({ ...one, train: withGaps(one.train, SEED + at) })) : all;
  const spentMs: Record<EnsemblePhase, number> = { members: 0, network: 0, weights: 0 };
  let [phase, since]: [EnsemblePhase | undefined, number] = [undefined, 0];
  const onPhase = (next?: EnsemblePhase): void => {
    if (phase) spentMs[phase] += performance.now() - since;
    [phase, since] = [next, performance.now()];
  };
  const options = network ? { network: { engine, random: seededRandom(SEED) } } : {};
  const classes = await forecastFile(known, () => ({ runner: runInThreads(2), onPhase, ...options }));
  onPhase();
  const scored = classes.flatMap(withBenchmarks);
  const paths = scored.flatMap(({ ensemble }) => [ensemble.mean, ...ensemble.quantiles]);
  return {
    sha256: createHash('sha256').update(bytes).digest('hex'),
    figures: scoreForecasts(scored),
    weights: Object.fromEntries(classes.map(({ kind, weights }) => [kind.period, weights])),
    notFinite: paths.filter((path) => !path.every(Number.isFinite)).length,
    negative: known.every(({ train }) => train.every((value) => !(value < 0)))
      ? paths.filter((path) => path.some((value) => value < 0)).length
      : null,
    seriesPerSecond: (1000 * known.length) / (spentMs.members + spentMs.weights),
    networkTrainingSeconds: spentMs.network / 1000,
  };
}

const results: Record<string, Awaited<ReturnType<typeof measure>>> = {};
const origins: Record<string, OriginCoverage[]> = {};
for (const name of SETS) {
  for (const [label, network, gaps] of [
    [name, false, false],
    [`${name}, with a network`, true, false],
    [`${name}, 5 % of the values missing`, false, true],
  ] as const) {
    if (network && name.startsWith('carparts')) continue;
    results[label] = await measure(name, network, gaps);
    const { figures, notFinite, negative, seriesPerSecond } = results[label];
    console.log(label, figures['ensemble'], { notFinite, negative, seriesPerSecond });
  }
  origins[name] = await earlierOrigins(read(name).all);
  console.log(`${name}, earlier origins`, origins[name]);
}
await engine.close();
const round = (_: string, value: unknown): unknown =>
  typeof value === 'number' ? Number(value.toPrecision(6)) : value;
writeFileSync(
  resolve('experiments/forecast-ensemble/results.json'),
  `${JSON.stringify({ seed: SEED, results, origins }, round, 2)}\n`,
);
