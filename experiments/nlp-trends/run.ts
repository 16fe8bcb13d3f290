import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import {
  cachedEncoder,
  discoverTopics,
  groupBursts,
  packagedEncoder,
  topicGroups,
  topicTrends,
  type TrendPeriod,
} from '@tallyhouse/nlp';
import { createPrng } from '@tallyhouse/simulation';
import { drawTopics } from './draw-topics.js';
import { simulateTexts, SUBJECT_COUNT, WEEKS, type PlantedBurst } from './simulated-texts.js';

const HERE = resolve('experiments', 'nlp-trends');
const FILE = resolve(
  process.env['TALLYHOUSE_SHARED_DATA'] ?? '../shared/data',
  'fsis-recalls/usda_fsis_recalls.csv.gz',
);
/** Seeds below 300 were looked at while the search for bursts was built; these were not. */
const FIRST_SEED = Number(process.env['FIRST_SEED'] ?? 301);
const SEEDS = Number(process.env['SEEDS'] ?? 20);
/** Overlap of a burst found with one planted, over both together, from which on it is that one. */
const LEAST_OVERLAP = 0.5;
const encoder = cachedEncoder(packagedEncoder());

function periodsOf(
  topicOf: ArrayLike<number>,
  topics: number,
  periodOf: readonly number[],
  count: number,
): TrendPeriod[][] {
  const totals = new Array<number>(count).fill(0);
  const counts = Array.from({ length: topics }, () => new Array<number>(count).fill(0));
  for (const [index, topic] of Array.from(topicOf).entries()) {
    totals[periodOf[index]!]! += 1;
    if (topic >= 0) counts[topic]![periodOf[index]!]! += 1;
  }
  return counts.map((each) => each.map((texts, period) => ({ count: texts, total: totals[period]! })));
}

function overlap(a: { from: number; to: number }, b: PlantedBurst): number {
  const both = Math.min(a.to, b.to) - Math.max(a.from, b.from) + 1;
  return both <= 0 ? 0 : both / (Math.max(a.to, b.to) - Math.min(a.from, b.from) + 1);
}

interface Reported {
  readonly subject: number;
  readonly from: number;
  readonly to: number;
}

const matches = (burst: Reported, plant: PlantedBurst): boolean =>
  burst.subject === plant.subject && overlap(burst, plant) >= LEAST_OVERLAP;

async function planted(seed: number) {
  const prng = createPrng(seed, 'nlp-trends');
  const world = simulateTexts(prng.float);
  const words = world.texts.map(({ text }) => text);
  const model = discoverTopics(words, await encoder.encode(words), { topics: 2 * SUBJECT_COUNT, seed });
  const spoken = model.topics.map(({ number }) => {
    const counts = new Array<number>(SUBJECT_COUNT).fill(0);
    for (const [index, topic] of model.topicOf.entries())
      if (topic === number) counts[world.texts[index]!.subject]! += 1;
    return counts;
  });
  const subjectOf = (topics: readonly number[]): number => {
    const sums = spoken[0]!.map((_, subject) =>
      topics.reduce((sum, topic) => sum + spoken[topic]![subject]!, 0),
    );
    return sums.indexOf(Math.max(...sums));
  };
  const weeks = world.texts.map(({ week }) => week);
  const periods = periodsOf(model.topicOf, model.topics.length, weeks, WEEKS);
  const known = periodsOf(
    world.texts.map(({ subject }) => subject),
    SUBJECT_COUNT,
    weeks,
    WEEKS,
  );
  const judged = (bursts: readonly Reported[]) => ({
    reported: bursts.length,
    found: world.planted.filter((plant) => bursts.some((burst) => matches(burst, plant))).length,
    right: bursts.filter((burst) => world.planted.some((plant) => matches(burst, plant))).length,
  });
  return {
    planted: world.planted.length,
    knownSubjects: judged(
      groupBursts(
        known,
        known.map((_, subject) => [subject]),
      ).map(({ members: [subject], burst }) => ({ ...burst, subject: subject! })),
    ),
    groups: judged(
      groupBursts(periods, topicGroups(model.topics)).map(({ members, burst }) => ({
        ...burst,
        subject: subjectOf(members),
      })),
    ),
    topics: judged(
      topicTrends(periods).flatMap(({ bursts }, topic) =>
        bursts.map((burst) => ({ ...burst, subject: subjectOf([topic]) })),
      ),
    ),
    purity: spoken.reduce((sum, counts) => sum + Math.max(...counts), 0) / words.length,
  };
}

const runs: Awaited<ReturnType<typeof planted>>[] = [];
for (let run = 0; run < SEEDS; run += 1) runs.push(await planted(FIRST_SEED + run));
const total = runs.reduce((sum, run) => sum + run.planted, 0);
const figures = (way: 'groups' | 'topics' | 'knownSubjects') => {
  const sum = (key: 'found' | 'reported' | 'right'): number =>
    runs.reduce((all, run) => all + run[way][key], 0);
  return {
    reported: sum('reported'),
    precision: Number((sum('right') / sum('reported')).toFixed(3)),
    recall: Number((sum('found') / total).toFixed(3)),
  };
};
const simulated = {
  seeds: runs.map((_, run) => FIRST_SEED + run),
  planted: total,
  /** The same search where the true subject of each text is known: no clusters do better. */
  knownSubjects: figures('knownSubjects'),
  /** What `trends` reports. */
  groups: figures('groups'),
  /** Each topic by itself, on the same topics. */
  topicsAlone: figures('topics'),
  purity: Number((runs.reduce((sum, run) => sum + run.purity, 0) / SEEDS).toFixed(3)),
  runs,
};
console.table({
  knownSubjects: simulated.knownSubjects,
  groups: simulated.groups,
  topicsAlone: simulated.topicsAlone,
});

const fsis = existsSync(FILE) ? await fsisTopics() : null;
if (!fsis) process.stderr.write(`${FILE} is not there: FSIS topics were not drawn\n`);
writeFileSync(resolve(HERE, 'results.json'), `${JSON.stringify({ simulated, fsis }, null, 2)}\n`);
process.stdout.write(`${JSON.stringify({ ...simulated.groups, purity: simulated.purity })}\n`);
await encoder.close();

async function fsisTopics(): Promise<object> {
  const rows = parse(gunzipSync(readFileSync(FILE)), { columns: true }) as Record<string, string>[];
  // Where and when are no subject: without dateline and place clusters gather around what happened.
  const words = rows.map((row) =>
    `${row['title']}. ${row['summary']}`.replace(/^[A-Z .]+, \w+\.? \d+, \d{4} [-–—]+ /, '').slice(0, 600),
  );
  const model = discoverTopics(words, await encoder.encode(words), { topics: 14, seed: 1 });
  const quarterOf = rows.map(
    (row) =>
      (Number(row['start_date']!.slice(0, 4)) - 2010) * 4 +
      Math.floor((Number(row['start_date']!.slice(5, 7)) - 1) / 3),
  );
  const quarters = Math.max(...quarterOf) + 1;
  const trends = topicTrends(periodsOf(model.topicOf, model.topics.length, quarterOf, quarters));
  const label = (quarter: number): string => `${2010 + Math.floor(quarter / 4)} Q${(quarter % 4) + 1}`;
  writeFileSync(
    resolve(HERE, 'fsis-topics.svg'),
    drawTopics(
      model.topics.map(({ name }) => name),
      trends,
    ),
  );
  return {
    texts: words.length,
    topics: model.topics.map(({ name, terms, size }, index) => ({
      name,
      size,
      terms: terms.map(({ term }) => term),
      bursts: trends[index]!.bursts.map((burst) => ({
        from: label(burst.from),
        to: label(burst.to),
        count: burst.count,
        total: burst.total,
        baseShare: Number(burst.baseShare.toFixed(4)),
        qValue: burst.qValue,
        emerging: burst.emerging,
      })),
      changes: trends[index]!.changes.map(label),
    })),
  };
}
