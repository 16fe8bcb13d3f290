import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { RecallPreviewReader, type AsOf, type RecallCriteria } from '@tallyhouse/audit';
import { seededRandom, type Random } from '@tallyhouse/compute';
import { openGraph, type GraphStore } from '../../libs/audit/test/graph-kit.js';
import { affectedByPlaying, namedBy } from './brute-force.js';
import { drawn, randomWorld, simulatedWorld, type RecallWorld } from './worlds.js';

/** 10 worlds of 100 criteria each. */
const WORLDS: readonly (() => RecallWorld)[] = [
  ...[71, 72, 73, 74, 75].map((seed) => () => randomWorld(seed, 160)),
  ...[81, 82, 83, 84, 85].map((seed) => () => simulatedWorld(seed, 500)),
];
const CRITERIA_A_WORLD = 100;
const HOUR_MS = 3_600_000;
const CLASS = /^https:\/\/id\.gs1\.org\/01\/\d{14}/;

interface Tally {
  criteria: number;
  equal: number;
  unequal: number;
  /** Criteria with an affected item at all: empty sets agree easily. */
  notEmpty: number;
  affected: number;
  truncated: number;
  asOfEarlier: number;
}

/** Items, or what was handled by product, place and time in any mixture, or both together. */
function anyCriteria(random: Random, { events }: RecallWorld): RecallCriteria {
  const event = drawn(random, events);
  const items = Array.from({ length: 1 + random.below(3) }, () =>
    drawn(random, namedBy(drawn(random, events))),
  );
  const product = CLASS.exec(drawn(random, namedBy(event)))?.[0];
  const place = event.readPoint?.id ?? event.bizLocation?.id;
  const begin = Date.parse(event.eventTime) - random.below(12) * HOUR_MS;
  const window = { from: new Date(begin), to: new Date(begin + (13 + random.below(200)) * HOUR_MS) };
  const byProduct = product !== undefined && random.below(2) === 0 ? { products: [product] } : {};
  const byPlace =
    place !== undefined && (!('products' in byProduct) || random.below(2) === 0) ? { sites: [place] } : {};
  const handled = { ...byProduct, ...byPlace, ...(random.below(4) === 0 ? {} : window) };
  const handles = 'products' in handled || 'sites' in handled;
  const kind = handles ? random.below(3) : 0;
  return kind === 0 ? { items } : kind === 1 ? handled : { items, ...handled };
}

/** Captures the early events, then the others. @returns the moment between the two */
async function fill(store: GraphStore, { events, isEarly }: RecallWorld): Promise<Date> {
  await store.empty();
  await store.take(events.filter((_, index) => isEarly[index]));
  const [row] = await store.rows<{ between: Date }>('SELECT clock_timestamp() AS between');
  await store.rows('SELECT pg_sleep(0.05)');
  await store.take(events.filter((_, index) => !isEarly[index]));
  await store.rows('ANALYZE edge, event_item, epcis_event');
  return row!.between;
}

async function examine(store: GraphStore, world: RecallWorld, differences: object[]): Promise<Tally> {
  const between = await fill(store, world);
  const previews = new RecallPreviewReader(store.source);
  const random = seededRandom(world.seed + 1_000);
  const tally: Tally = {
    criteria: 0,
    equal: 0,
    unequal: 0,
    notEmpty: 0,
    affected: 0,
    truncated: 0,
    asOfEarlier: 0,
  };
  for (let question = 0; question < CRITERIA_A_WORLD; question += 1) {
    const criteria = anyCriteria(random, world);
    const earlier = random.below(4) === 0;
    const asOf: AsOf = earlier ? { kind: 'TIME', time: between } : { kind: 'NOW' };
    const known = earlier ? world.events.filter((_, index) => world.isEarly[index]) : world.events;
    const expected = affectedByPlaying(criteria, known);
    const { items, truncated } = await previews.preview(criteria, asOf);
    const found = items.map(({ uri }) => uri);
    const same = found.join('\n') === expected.join('\n');
    tally.criteria += 1;
    tally[same ? 'equal' : 'unequal'] += 1;
    tally.notEmpty += Number(expected.length > 0);
    tally.affected += expected.length;
    tally.truncated += Number(truncated);
    tally.asOfEarlier += Number(earlier);
    if (!same) differences.push(difference(world, criteria, expected, found));
  }
  return tally;
}

function difference(
  world: RecallWorld,
  criteria: RecallCriteria,
  expected: string[],
  found: string[],
): object {
  const missing = expected.filter((uri) => !found.includes(uri));
  const extra = found.filter((uri) => !expected.includes(uri));
  return {
    world: `${world.kind} ${world.seed}`,
    criteria,
    missing: missing.slice(0, 5),
    extra: extra.slice(0, 5),
  };
}

const store = await openGraph();
try {
  const differences: object[] = [];
  const worlds: object[] = [];
  const total = { criteria: 0, equal: 0, unequal: 0 };
  for (const make of WORLDS) {
    const world = make();
    const tally = await examine(store, world, differences);
    for (const name of ['criteria', 'equal', 'unequal'] as const) total[name] += tally[name];
    worlds.push({ kind: world.kind, seed: world.seed, events: world.events.length, ...tally });
    console.log(JSON.stringify(worlds.at(-1)));
  }
  const result = { node: process.version, ...total, worlds, differences };
  writeFileSync(resolve('experiments/audit-recall/results.json'), `${JSON.stringify(result, null, 2)}\n`);
  console.log(total, JSON.stringify(differences.slice(0, 5), null, 1));
} finally {
  await store.close();
}
