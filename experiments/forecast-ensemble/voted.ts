import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { openEngine, seededRandom } from '@tallyhouse/compute';
import {
  classesOf,
  ensembleArtifact,
  ensembleNumbers,
  forecastFile,
  forecasterFromArtifact,
  INTERVAL_LEVELS,
  readPanelFile,
  runInThreads,
  scoreForecasts,
  trainableEnsemble,
  withBenchmarks,
  type ClassForecasts,
  type FileSeries,
  type SeriesClass,
} from '@tallyhouse/forecasting';
import { HALVES_BACK, knownEarlier } from './earlier-origins.js';

const SEED = 1;
const JUDGED = ['nn5/nn5_daily', 'm4/m4_weekly'];
const SETS = [...JUDGED, 'm4/m4_hourly', 'm3/m3_dev'];
const shared = process.env.TALLYHOUSE_SHARED_DATA ?? resolve('..', 'shared', 'data');
const engine = await openEngine({ device: 'cpu', threads: 2 });
const read = (name: string): FileSeries[] =>
  readPanelFile(gunzipSync(readFileSync(resolve(shared, `${name}.csv.gz`))).toString());

/** What one artifact says of its series and what that took. */
interface Voted extends Pick<ClassForecasts, 'kind' | 'forecasts'> {
  readonly bytes: number;
  /** Share of the network; null where the artifact has none. */
  readonly share: number | null;
  readonly forecastCpuMs: number;
}

/** Trains on the training parts, writes the artifact, and forecasts from its bytes alone. */
async function voted(kind: SeriesClass, withNetwork: boolean): Promise<Voted> {
  const { panel, horizon, seasons } = kind;
  const settings = { horizon, seasons, runner: runInThreads(2), ...(withNetwork ? { network: {} } : {}) };
  const description = {
    family: 'demand',
    featureSpec: { measure: 'DEMAND', frequency: panel.frequency },
    dataRoot: null,
    dataBlock: null,
  } as const;
  const trained = trainableEnsemble(settings, (model) => ensembleArtifact(model, description));
  const bytes = (await trained.fit(panel, { rng: seededRandom(SEED), engine })).toArtifact!();
  const restored = await forecasterFromArtifact(bytes, { engine });
  const before = process.cpuUsage();
  const fitted = await restored.fit(panel, { rng: seededRandom(SEED), engine });
  const forecasts = await fitted.predict(horizon, INTERVAL_LEVELS);
  const { user, system } = process.cpuUsage(before);
  const share = ensembleNumbers(bytes)!.find(({ name }) => name.endsWith('.global-network'))?.value ?? null;
  return { kind, forecasts, bytes: bytes.length, share, forecastCpuMs: (user + system) / 1000 };
}

async function measure(series: readonly FileSeries[], withNetwork: boolean) {
  const made: Voted[] = [];
  for (const kind of classesOf(series)) made.push(await voted(kind, withNetwork));
  const { ensemble } = scoreForecasts(made.flatMap((one) => withBenchmarks({ ...one, weights: {} })));
  return {
    figures: ensemble!,
    shares: Object.fromEntries(made.map(({ kind, share }) => [kind.period, share])),
    bytes: made.map(({ bytes }) => bytes),
    forecastCpuMsPerSeries: made.reduce((sum, { forecastCpuMs }) => sum + forecastCpuMs, 0) / series.length,
  };
}

async function fromFile(series: readonly FileSeries[]) {
  const network = () => ({ runner: runInThreads(2), network: { engine, random: seededRandom(SEED) } });
  return scoreForecasts((await forecastFile(series, network)).flatMap(withBenchmarks))['ensemble']!;
}

type Measured = Awaited<ReturnType<typeof measure>>;
interface Pair {
  readonly without: Measured;
  readonly with: Measured;
}

async function pairOf(label: string, series: readonly FileSeries[]): Promise<Pair> {
  const pair = { without: await measure(series, false), with: await measure(series, true) };
  const owa = [pair.without, pair.with].map(({ figures }) => figures.owa?.toFixed(4));
  console.log(label, owa, pair.with.shares, pair.with.forecastCpuMsPerSeries);
  return pair;
}

type Earlier = Record<string, (Pair & { readonly horizonsBack: number })[]>;
type Judged = Record<string, Pair & { readonly file: Awaited<ReturnType<typeof fromFile>> }>;

/** Origins inside the training parts; `test` columns are not read. */
async function earlierOrigins(): Promise<Earlier> {
  const found: Earlier = {};
  for (const name of SETS) {
    found[name] = [];
    for (const halves of HALVES_BACK) {
      const known = read(name).flatMap((one) => knownEarlier(one, Math.ceil((halves * one.horizon) / 2)));
      if (known.length === 0) continue;
      found[name].push({ horizonsBack: halves / 2, ...(await pairOf(`${name} ${halves / 2}`, known)) });
    }
  }
  return found;
}

async function judgedOrigin(): Promise<Judged> {
  const found: Judged = {};
  for (const name of JUDGED) {
    const series = read(name);
    found[name] = { ...(await pairOf(name, series)), file: await fromFile(series) };
  }
  return found;
}

const FILE = resolve('experiments/forecast-ensemble/voted.json');
const before = JSON.parse(readFileSync(FILE, 'utf8')) as { earlier: Earlier; judged: Judged };
const { earlier, judged } =
  process.argv[2] === 'judge'
    ? { ...before, judged: await judgedOrigin() }
    : { ...before, earlier: await earlierOrigins() };
await engine.close();
const round = (_: string, value: unknown): unknown =>
  typeof value === 'number' ? Number(value.toPrecision(6)) : value;
writeFileSync(FILE, `${JSON.stringify({ seed: SEED, earlier, judged }, round, 2)}\n`);
