import { createReadStream } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { seededRandom } from '@tallyhouse/compute';
import {
  coverage,
  ensembleForecaster,
  hierarchyOf,
  meanOfKnown,
  reconciledForecaster,
  rmsse,
  runInThreads,
  type Hierarchy,
  type Panel,
  type SeriesForecast,
  type SeriesInput,
} from '@tallyhouse/forecasting';
import { readPanelFile } from '@tallyhouse/forecasting';
import { readScms } from '@tallyhouse/supply-chain';

const LEVELS = [0.1, 0.5, 0.9];
const SHARED = '../shared/data';

/** Leaves with the sums that each is part of, on one calendar. */
interface Case {
  readonly name: string;
  readonly panel: Omit<Panel, 'series'>;
  readonly horizon: number;
  readonly origins: readonly number[];
  readonly start: string;
  readonly leaves: readonly {
    readonly id: string;
    readonly sums: readonly string[];
    readonly values: Float64Array;
  }[];
  readonly levelOf: (id: string) => string;
}

const filled = (value: number): number => (Number.isNaN(value) ? 0 : value);

function seriesOf({ leaves, start }: Case, hierarchy: Hierarchy): SeriesInput[] {
  const sums = hierarchy.sums.map(({ id, parts }) => ({
    id,
    start,
    values: leaves[0]!.values.map((_, at) =>
      parts.reduce((sum, leaf) => sum + filled(leaves[leaf]!.values[at]!), 0),
    ),
  }));
  return [...sums, ...leaves.map(({ id, values }) => ({ id, start, values: values.map(filled) }))];
}

interface Scored {
  readonly level: string;
  readonly rmsse: number;
  readonly inside80: number;
}

function score(
  forecasts: readonly SeriesForecast[],
  known: readonly SeriesInput[],
  full: readonly SeriesInput[],
  one: Case,
): Scored[] {
  return forecasts.map(({ id, mean, quantiles }, at) => {
    const train = known[at]!.values;
    const actual = full[at]!.values.subarray(train.length, train.length + one.horizon);
    return {
      level: one.levelOf(id),
      rmsse: rmsse(actual, mean, train),
      inside80: coverage(actual, quantiles[0]!, quantiles[2]!),
    };
  });
}

/** Sums of the leaves' own forecasts: the simplest way to add up. Its intervals are not told. */
function bottomUp(base: readonly SeriesForecast[], hierarchy: Hierarchy): SeriesForecast[] {
  const leaf = hierarchy.sums.length;
  return base.map((forecast, at) => {
    const sum = hierarchy.sums[at];
    if (!sum) return forecast;
    const mean = forecast.mean.map((_, step) =>
      sum.parts.reduce((total, part) => total + base[leaf + part]!.mean[step]!, 0),
    );
    return { ...forecast, mean, quantiles: LEVELS.map(() => mean) };
  });
}

async function evaluate(one: Case) {
  const hierarchy = hierarchyOf(one.leaves);
  const full = seriesOf(one, hierarchy);
  const scored: Record<'apart' | 'bottom-up' | 'mint', Scored[]> = { apart: [], 'bottom-up': [], mint: [] };
  for (const origin of one.origins) {
    const series = full.map((whole) => ({ ...whole, values: whole.values.slice(0, origin) }));
    const panel: Panel = { ...one.panel, series };
    const inner = ensembleForecaster({ runner: runInThreads() });
    const apart = await (await inner.fit(panel, { rng: seededRandom(1) })).predict(one.horizon, LEVELS);
    const mint = await (
      await reconciledForecaster(inner, hierarchy).fit(panel, { rng: seededRandom(1) })
    ).predict(one.horizon, LEVELS);
    scored.apart.push(...score(apart, series, full, one));
    scored['bottom-up'].push(...score(bottomUp(apart, hierarchy), series, full, one));
    scored.mint.push(...score(mint, series, full, one));
  }
  const levels = [...new Set(scored.mint.map(({ level }) => level))];
  const of = (lines: readonly Scored[], level: string) => lines.filter((line) => line.level === level);
  return Object.fromEntries(
    levels.map((level) => [
      level,
      {
        series: of(scored.mint, level).length / one.origins.length,
        rmsse: Object.fromEntries(
          Object.entries(scored).map(([name, lines]) => [
            name,
            meanOfKnown(of(lines, level).map((line) => line.rmsse)),
          ]),
        ),
        inside80: {
          apart: meanOfKnown(of(scored.apart, level).map((line) => line.inside80)),
          mint: meanOfKnown(of(scored.mint, level).map((line) => line.inside80)),
        },
      },
    ]),
  );
}

/** Machines that give out money, eleven to a region; which region says nothing of them. */
async function nn5(): Promise<Case> {
  const files = readPanelFile(gunzipSync(await readFile(`${SHARED}/nn5/nn5_daily.csv.gz`)).toString());
  const leaves = files.map(({ id, train, test }, at) => ({
    id,
    sums: ['all', `region:${at % 5}`],
    values: Float64Array.from([...train, ...test]),
  }));
  return {
    name: 'NN5, sums drawn without meaning',
    panel: { frequency: 'daily', seasonLength: 7 },
    ...{ horizon: 14, origins: [735, 749, 763, 777], start: '2020-01-01', leaves },
    levelOf: (id) => (id === 'all' ? 'all' : id.startsWith('region') ? 'region' : 'machine'),
  };
}

/** Units delivered a month by country and molecule, 2006-07 to 2015-06: sums that mean something. */
async function scms(): Promise<Case> {
  const first = 2006 * 12 + 6;
  const months = 108;
  const found = new Map<string, { id: string; sums: string[]; values: Float64Array }>();
  for await (const line of readScms(
    createReadStream(`${SHARED}/scms-shipments/scms_delivery_history.csv.gz`),
  )) {
    if (!line.ok) continue;
    const { country, molecule, productGroup, deliveredDate, quantity } = line.row;
    const month = Number(deliveredDate.slice(0, 4)) * 12 + Number(deliveredDate.slice(5, 7)) - 1 - first;
    const id = `${country}|${productGroup}|${molecule}`;
    const leaf = found.get(id) ?? {
      id,
      sums: ['all', `group:${productGroup}`, `molecule:${productGroup}/${molecule}`, `country:${country}`],
      values: new Float64Array(months),
    };
    if (month >= 0 && month < months) leaf.values[month]! += quantity;
    found.set(id, leaf);
  }
  const leaves = [...found.values()].filter(({ values }) => values.filter((value) => value > 0).length >= 6);
  return {
    name: 'SCMS, units a month',
    panel: { frequency: 'monthly', seasonLength: 12 },
    ...{ horizon: 3, origins: [96, 99, 102, 105], start: '2006-07-01', leaves },
    levelOf: (id) =>
      id === 'all' ? 'all' : (/^(group|molecule|country):/.exec(id)?.[1] ?? 'country and molecule'),
  };
}

const results: Record<string, unknown> = {};
for (const make of [nn5, scms]) {
  const one = await make();
  results[one.name] = await evaluate(one);
  process.stdout.write(`${one.name}\n${JSON.stringify(results[one.name], null, 2)}\n`);
}
const rounded = (_: string, value: unknown): unknown =>
  typeof value === 'number' ? Number(value.toPrecision(5)) : value;
await writeFile('experiments/forecast-hierarchy/results.json', `${JSON.stringify(results, rounded, 2)}\n`);
