import { readFile, writeFile } from 'node:fs/promises';
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

interface Part {
  readonly durable: boolean;
  run(world: FaultWorld, count: number | undefined): Promise<Outcome[]>;
}

/** Each part has a world of its own, from the same seed. */
const PARTS: Readonly<Record<string, Part>> = {
  kills: { durable: false, run: async (world, count = 100) => [await kills(world, count)] },
  reorgs: { durable: false, run: async (world, count = 200) => [await reorgs(world, count)] },
  endpoints: { durable: false, run: (world, count = 50) => endpointFaults(world, count) },
  leaders: {
    durable: false,
    run: async (world, count = 10) => [
      await leaders(world, 'SIGKILL', count),
      await leaders(world, 'SIGSTOP', count),
    ],
  },
  restarts: { durable: true, run: async (world, count = 10) => [await databaseRestarts(world, count)] },
  'disk-full': { durable: true, run: async (world, count = 10) => [await diskFull(world, count)] },
};

interface PartResult {
  readonly seconds: number;
  readonly load: number | undefined;
  readonly outcomes: readonly Outcome[];
}

async function runPart(name: string, part: Part, count: number | undefined): Promise<PartResult> {
  const begun = performance.now();
  const world = await FaultWorld.create(SEED, part.durable);
  try {
    const outcomes = await part.run(world, count);
    for (const each of outcomes) process.stdout.write(`${JSON.stringify(each)}\n`);
    const seconds = Math.round((performance.now() - begun) / 1_000);
    process.stdout.write(`${name}: ${seconds} s\n`);
    return { seconds, load: loadavg()[0], outcomes };
  } finally {
    await world.stop();
  }
}

/** Keeps what other parts found before: a part can be run again alone. */
async function record(name: string, result: PartResult): Promise<void> {
  const before = await readFile(RESULTS, 'utf8').catch(() => '{}');
  const parts = { ...(JSON.parse(before) as { parts?: Record<string, PartResult> }).parts, [name]: result };
  const outcomes = Object.values(parts).flatMap((part) => part.outcomes);
  const total = (of: (outcome: Outcome) => number): number =>
    outcomes.reduce((sum, each) => sum + of(each), 0);
  const totals = {
    faults: total((each) => each.count),
    comparisons: total((each) => each.comparisons),
    unequal: total((each) => each.unequal),
  };
  const machine = { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, node: process.version };
  await writeFile(RESULTS, `${JSON.stringify({ ...machine, seed: SEED, ...totals, parts }, null, 2)}\n`);
}

const [only, count] = process.argv.slice(2);
// The servers do not hold this process; it must not end while it waits for them.
const alive = setInterval(() => undefined, 1_000);
for (const [name, part] of Object.entries(PARTS)) {
  if (only !== undefined && only !== name) continue;
  const result = await runPart(name, part, count === undefined ? undefined : Number(count));
  if (count === undefined) await record(name, result);
  if (result.outcomes.some(({ unequal }) => unequal > 0))
    throw new Error(`${name}: other rows than a clean run's`);
}
clearInterval(alive);
