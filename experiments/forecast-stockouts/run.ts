import { readFile, writeFile } from 'node:fs/promises';
import { seededRandom } from '@tallyhouse/compute';
import { createForecaster, ensembleForecaster, type Forecaster, type Panel } from '@tallyhouse/forecasting';
import { stockedWorld, type StockedWorld } from '../../libs/forecasting/test/stocked-world.js';

const SHAPE = { products: 10, sites: 5, length: 60, horizon: 6 };
/** Of a product at a site in a month, or by what is wanted. */
const CHANCES = [0.05, 0.15, 'full'] as const;
const SEEDS = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [501, 502, 503];
const METHODS: Readonly<Record<string, () => Forecaster>> = {
  theta: () => createForecaster('theta', { lowerBound: 0 }),
  ensemble: () => ensembleForecaster({}),
};

interface Figures {
  /** Sum of |error| over the sum of demand. */
  readonly error: number;
  /** Sum of forecasts over the sum of demand, less 1. */
  readonly bias: number;
  /** Share of demand inside the 80 % interval. */
  readonly inside80: number;
}

async function figuresOf(forecaster: Forecaster, panel: Panel, world: StockedWorld, seed: number) {
  const fitted = await forecaster.fit(panel, { rng: seededRandom(seed) });
  const forecasts = await fitted.predict(SHAPE.horizon, [0.1, 0.9]);
  const over = (isLeaf: boolean): Figures => {
    let [error, said, wanted, inside, count] = [0, 0, 0, 0, 0];
    for (const { id, mean, quantiles } of forecasts) {
      if (world.leaves.has(id) !== isLeaf) continue;
      world.outcomes.get(id)!.forEach((actual, step) => {
        error += Math.abs(actual - mean[step]!);
        said += mean[step]!;
        wanted += actual;
        inside += actual >= quantiles[0]![step]! && actual <= quantiles[1]![step]! ? 1 : 0;
        count += 1;
      });
    }
    return { error: error / wanted, bias: said / wanted - 1, inside80: inside / count };
  };
  return { 'product at site': over(true), sums: over(false) };
}

const file = new URL('../../../experiments/forecast-stockouts/results.json', import.meta.url);
const rounded = (_key: string, value: unknown): unknown =>
  typeof value === 'number' ? Number(value.toPrecision(4)) : value;

for (const seed of SEEDS)
  for (const chance of CHANCES) {
    const world = stockedWorld(seed, { ...SHAPE, chance });
    const panels: Readonly<Record<string, Panel>> = {
      'no stock-outs': world.demanded,
      'stock-outs stated': world.stated,
      'stock-outs not stated': world.sold,
    };
    for (const [method, create] of Object.entries(METHODS)) {
      const cases: Record<string, unknown> = {};
      for (const [name, panel] of Object.entries(panels))
        cases[name] = await figuresOf(create(), panel, world, seed);
      const kept = JSON.parse(await readFile(file, 'utf8').catch(() => '[]')) as {
        seed: number;
        chance: number | string;
        method: string;
      }[];
      const others = kept.filter(
        (one) => one.seed !== seed || one.chance !== chance || one.method !== method,
      );
      const made = { seed, chance, method, lost: world.lost, cases };
      await writeFile(file, `${JSON.stringify([...others, made], rounded, 2)}\n`);
      process.stdout.write(`${method}, chance ${chance}, seed ${seed}\n`);
    }
  }
