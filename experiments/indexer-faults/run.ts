import { readFile, writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { databaseRestarts, diskFull } from './database-faults.js';
import { endpointFault } from './endpoint-faults.js';
import { FAULTS } from './faults.js';
import { FaultWorld } from './fault-world.js';
import { kills } from './kills.js';
import { leaders } from './leaders.js';
import { spread, together, type Outcome } from './outcome.js';
import { reorgs } from './reorgs.js';

const SEED = 7;
const RESULTS = 'experiments/indexer-faults/results.json';

/** What is done so and so often, in portions; each portion has a world of its own, from a seed of its own. */
interface Part {
  readonly count: number;
  readonly portion: number;
  /** Whether Postgres has to keep what it holds while it is ended. */
  readonly durable?: true;
  run(world: FaultWorld, count: number): Promise<Outcome>;
}

const ofEndpoints = Object.keys(FAULTS).map((name): [string, Part] => [
  `endpoint ${name}`,
  { count: 50, portion: 10, run: (world, count) => endpointFault(world, name, count) },
]);

const PARTS: Readonly<Record<string, Part>> = {
  'disk-full': { count: 10, portion: 5, durable: true, run: diskFull },
  'leader-paused': { count: 10, portion: 5, run: (world, count) => leaders(world, 'SIGSTOP', count) },
  'leader-killed': { count: 10, portion: 5, run: (world, count) => leaders(world, 'SIGKILL', count) },
  restarts: { count: 10, portion: 5, durable: true, run: databaseRestarts },
  kills: { count: 100, portion: 20, run: kills },
  reorgs: { count: 200, portion: 20, run: reorgs },
  ...Object.fromEntries(ofEndpoints),
};

type Results = Record<string, Outcome & { readonly seconds: number; readonly load: number }>;

async function runPortion(part: Part, done: number): Promise<Results[string]> {
  const begun = performance.now();
  const world = await FaultWorld.create(SEED + done, part.durable ?? false);
  try {
    const result = await part.run(world, Math.min(part.portion, part.count - done));
    const seconds = Math.round((performance.now() - begun) / 1_000);
    return { ...result, seconds, load: Math.round(loadavg()[0] ?? 0) };
  } finally {
    await world.stop();
  }
}

async function kept(): Promise<Results> {
  const text = await readFile(RESULTS, 'utf8').catch(() => '{}');
  return (JSON.parse(text) as { parts?: Results }).parts ?? {};
}

/** Adds a portion to what was found before; of the load the highest is kept. */
async function record(name: string, portion: Results[string]): Promise<void> {
  const before = await kept();
  const load = Math.max(before[name]?.load ?? 0, portion.load);
  const all = together(before[name], portion);
  const takeovers = all['takeoversMs'] as number[] | undefined;
  const part = { ...all, load, ...(takeovers && { takeover: spread(takeovers) }) } as Results[string];
  const parts = { ...before, [name]: part };
  const total = (of: (outcome: Outcome) => number): number =>
    Object.values(parts).reduce((count, each) => count + of(each), 0);
  const totals = {
    faults: total((each) => each.count),
    comparisons: total((each) => each.comparisons),
    unequal: total((each) => each.unequal),
  };
  const machine = { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, node: process.version };
  await writeFile(RESULTS, `${JSON.stringify({ ...machine, seed: SEED, ...totals, parts }, null, 2)}\n`);
}

/** Goes on where `results.json` ends: what was interrupted loses its last portion and no more. */
async function runPart(name: string, part: Part): Promise<void> {
  for (;;) {
    const done = (await kept())[name]?.count ?? 0;
    if (done >= part.count) return;
    const portion = await runPortion(part, done);
    process.stdout.write(`${JSON.stringify(portion)}\n`);
    await record(name, portion);
    if (portion.unequal > 0) throw new Error(`${name}: other rows than a clean run's`);
  }
}

const [only = ''] = process.argv.slice(2);
// The servers do not hold this process; it must not end while it waits for them.
const alive = setInterval(() => undefined, 1_000);
for (const [name, part] of Object.entries(PARTS)) if (name.startsWith(only)) await runPart(name, part);
clearInterval(alive);
