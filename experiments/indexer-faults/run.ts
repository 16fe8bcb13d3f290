import { writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { databaseRestarts, diskFull } from './database-faults.js';
import { endpointFaults } from './endpoint-faults.js';
import { FaultWorld } from './fault-world.js';
import { kills } from './kills.js';
import { leaders } from './leaders.js';
import type { Outcome } from './outcome.js';
import { reorgs } from './reorgs.js';

const SEED = 7;
const RESULTS = 'experiments/indexer-faults/results.json';

/** Each part has a world of its own, from the same seed; `node run.js reorgs 20` runs one of them, shorter. */
const PARTS: Readonly<Record<string, (world: FaultWorld, count?: number) => Promise<Outcome[]>>> = {
  kills: async (world, count = 100) => [await kills(world, count)],
  reorgs: async (world, count = 200) => [await reorgs(world, count)],
  endpoints: (world, count = 50) => endpointFaults(world, count),
  leaders: async (world, count = 10) => [
    await leaders(world, 'SIGKILL', count),
    await leaders(world, 'SIGSTOP', count),
  ],
  restarts: async (world, count = 10) => [await databaseRestarts(world, count)],
  'disk-full': async (world, count = 10) => [await diskFull(world, count)],
};

const [only, count] = process.argv.slice(2);
const outcomes: Outcome[] = [];
for (const [name, part] of Object.entries(PARTS)) {
  if (only !== undefined && only !== name) continue;
  const begun = performance.now();
  const world = await FaultWorld.create(SEED);
  try {
    for (const each of await part(world, count === undefined ? undefined : Number(count))) {
      process.stdout.write(`${JSON.stringify(each)}\n`);
      outcomes.push(each);
    }
  } finally {
    await world.stop();
  }
  process.stdout.write(`${name}: ${Math.round((performance.now() - begun) / 1_000)} s\n`);
}
const machine = { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, load: loadavg()[0] };
const total = (of: (outcome: Outcome) => number): number => outcomes.reduce((sum, each) => sum + of(each), 0);
const results = {
  ...{ ...machine, node: process.version, seed: SEED },
  faults: total((each) => each.count),
  comparisons: total((each) => each.comparisons),
  unequal: total((each) => each.unequal),
  outcomes,
};
if (only === undefined) await writeFile(RESULTS, `${JSON.stringify(results, null, 2)}\n`);
if (results.unequal > 0)
  throw new Error(`${results.unequal} comparisons found other rows than a clean run's`);
