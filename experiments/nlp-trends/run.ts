import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import {
  cachedEncoder,
  discoverTopics,
  packagedEncoder,
  topicTrends,
  type TopicModel,
  type TrendPeriod,
} from '@tallyhouse/nlp';
import { createPrng } from '@tallyhouse/simulation';
import { drawTopics } from './draw-topics.js';
import { simulateTexts, SUBJECT_COUNT, WEEKS, type PlantedBurst } from './simulated-texts.js';

const HERE = resolve('experiments', 'nlp-trends');
const FILE = resolve('..', 'shared', 'data', 'fsis-recalls', 'usda_fsis_recalls.csv.gz');
const SEEDS = 10;
/** Overlap of a burst found with one planted, over both together, from which on it is that one. */
const LEAST_OVERLAP = 0.5;
const encoder = cachedEncoder(packagedEncoder());

function periodsOf(topics: TopicModel, periodOf: readonly number[], count: number): TrendPeriod[][] {
  const totals = new Array<number>(count).fill(0);
  const counts = topics.topics.map(() => new Array<number>(count).fill(0));
  for (const [index, topic] of topics.topicOf.entries()) {
    totals[periodOf[index]!]! += 1;
    if (topic >= 0) counts[topic]![periodOf[index]!]! += 1;
  }
  return counts.map((each) => each.map((texts, period) => ({ count: texts, total: totals[period]! })));
}

function overlap(a: { from: number; to: number }, b: PlantedBurst): number {
  const both = Math.min(a.to, b.to) - Math.max(a.from, b.from) + 1;
  return both <= 0 ? 0 : both / (Math.max(a.to, b.to) - Math.min(a.from, b.from) + 1);
}

async function planted(
  seed: number,
): Promise<{ planted: number; reported: number; found: number; right: number; purity: number }> {
  const prng = createPrng(seed, 'nlp-trends');
  const world = simulateTexts(prng.float);
  const words = world.texts.map(({ text }) => text);
  const model = discoverTopics(words, await encoder.encode(words), { topics: 2 * SUBJECT_COUNT, seed });
  const subjectOf = model.topics.map(({ number }) => {
    const counts = new Array<number>(SUBJECT_COUNT).fill(0);
    for (const [index, topic] of model.topicOf.entries())
      if (topic === number) counts[world.texts[index]!.subject]! += 1;
    return { subject: counts.indexOf(Math.max(...counts)), pure: Math.max(...counts) };
  });
  const trends = topicTrends(
    periodsOf(
      model,
      world.texts.map(({ week }) => week),
      WEEKS,
    ),
  );
  const reported = trends.flatMap(({ bursts }, topic) =>
    bursts.map((burst) => ({ ...burst, subject: subjectOf[topic]!.subject })),
  );
  const matches = (burst: (typeof reported)[number], plant: PlantedBurst): boolean =>
    burst.subject === plant.subject && overlap(burst, plant) >= LEAST_OVERLAP;
  return {
    planted: world.planted.length,
    reported: reported.length,
    found: world.planted.filter((plant) => reported.some((burst) => matches(burst, plant))).length,
    right: reported.filter((burst) => world.planted.some((plant) => matches(burst, plant))).length,
    purity: subjectOf.reduce((sum, { pure }) => sum + pure, 0) / words.length,
  };
}

const runs: Awaited<ReturnType<typeof planted>>[] = [];
for (let seed = 1; seed <= SEEDS; seed += 1) runs.push(await planted(seed));
const sum = (key: 'found' | 'planted' | 'reported' | 'right'): number =>
  runs.reduce((total, run) => total + run[key], 0);
const simulated = {
  seeds: SEEDS,
  planted: sum('planted'),
  reported: sum('reported'),
  precision: Number((sum('right') / sum('reported')).toFixed(3)),
  recall: Number((sum('found') / sum('planted')).toFixed(3)),
  purity: Number((runs.reduce((total, run) => total + run.purity, 0) / SEEDS).toFixed(3)),
  runs,
};
console.table(runs);

const fsis = existsSync(FILE) ? await fsisTopics() : null;
if (!fsis) process.stderr.write(`${FILE} is not there: FSIS topics were not drawn\n`);
writeFileSync(resolve(HERE, 'results.json'), `${JSON.stringify({ simulated, fsis }, null, 2)}\n`);
process.stdout.write(
  `${JSON.stringify({ precision: simulated.precision, recall: simulated.recall, purity: simulated.purity })}\n`,
);
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
  const trends = topicTrends(periodsOf(model, quarterOf, quarters));
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
