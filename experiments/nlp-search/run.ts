import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import {
  cachedEncoder,
  packagedEncoder,
  quantise,
  SemanticIndex,
  TextAnalysis,
  TextEmbedding,
  TextIntake,
  TextSearch,
  VectorIndex,
  type SearchMode,
  type TextInput,
} from '@tallyhouse/nlp';
import { createPrng } from '@tallyhouse/simulation';
import { startPostgres } from '@tallyhouse/testing';
import { migrationDataSource } from '../../migrations/data-source.js';

const DATA = resolve('..', 'shared', 'data');
const FSIS = resolve(DATA, 'fsis-recalls', 'usda_fsis_recalls.csv.gz');
const FDA = resolve(DATA, 'fda-class1-recalls', 'fda_food_class1_recalls.csv.gz');
const PARTNER = '0x00000000000000000000000000000000000000a1';
const WANTED = Number(process.env.TEXTS ?? 100_000);
const TIMED_QUERIES = 200;
const MODES: readonly SearchMode[] = ['LEXICAL', 'SEMANTIC', 'HYBRID'];
if (!existsSync(FSIS) || !existsSync(FDA)) {
  process.stderr.write(`${DATA} lacks the recalls: nothing was measured\n`);
  process.exit(1);
}
const rowsOf = (file: string): Record<string, string>[] =>
  parse(gunzipSync(readFileSync(file)), { columns: true });

const postgres = await startPostgres();
const source = await migrationDataSource(await postgres.createDatabase('search')).initialize();
await source.runMigrations();
const encoder = cachedEncoder(packagedEncoder());
const intake = new TextIntake(source);
const index = new SemanticIndex(source);
const finder = new TextSearch(source, index, encoder);
const now = new Date();
const prng = createPrng(1, 'nlp-search');
const seconds = async (work: () => Promise<unknown>): Promise<number> => {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1_000;
};
const untilNone = async (round: () => Promise<number>): Promise<void> => {
  while ((await round()) > 0);
};

const fsis = rowsOf(FSIS);
const inputs = fsis.map((row): TextInput => ({
  kind: 'RECALL',
  body: row['summary']!,
  writtenAt: new Date(row['start_date']!),
  reference: row['id']!,
}));
const throughput: Record<string, number> = {};
const idOf = new Map<number, string>();
throughput['intake'] =
  inputs.length /
  (await seconds(async () => {
    for (let from = 0; from < inputs.length; from += 500) {
      const part = inputs.slice(from, from + 500);
      const { ids, refused } = await intake.take(part, PARTNER, 'IMPORT', now);
      const bad = new Set(refused.map((each) => each.index));
      part
        .map((_, at) => at)
        .filter((at) => !bad.has(at))
        .forEach((at, place) => idOf.set(from + at, ids[place]!));
    }
  }));
throughput['analysis'] =
  inputs.length / (await seconds(() => untilNone(() => new TextAnalysis(source).run(now))));
throughput['encoding'] =
  inputs.length / (await seconds(() => untilNone(() => new TextEmbedding(source, encoder).run())));
await source.query('ANALYZE text');

const quality: Record<string, { recallAt10: number; mrr: number; queries: number }> = {};
for (const mode of MODES) {
  let hits = 0;
  let reciprocal = 0;
  let queries = 0;
  for (const [at, row] of fsis.entries()) {
    if (!idOf.has(at) || !row['title']) continue;
    queries += 1;
    const found = await finder.search({ query: row['title'], mode, first: 100 });
    const rank = found.findIndex(({ textId }) => textId === idOf.get(at)) + 1;
    if (rank > 0 && rank <= 10) hits += 1;
    if (rank > 0) reciprocal += 1 / rank;
  }
  quality[mode] = {
    recallAt10: Number((hits / queries).toFixed(3)),
    mrr: Number((reciprocal / queries).toFixed(3)),
    queries,
  };
}
console.table(quality);

await grow();
const timings: Record<string, { p50: number; p95: number }> = {};
for (const mode of MODES) {
  const times: number[] = [];
  await finder.search({ query: 'warm up', mode, first: 20 });
  for (let i = 0; i < TIMED_QUERIES; i += 1) {
    const row = fsis[(i * 37) % fsis.length]!;
    const started = performance.now();
    await finder.search({ query: row['title']!, mode, first: 20 });
    times.push(performance.now() - started);
  }
  times.sort((a, b) => a - b);
  timings[mode] = {
    p50: Number(times[TIMED_QUERIES / 2]!.toFixed(1)),
    p95: Number(times[Math.floor(TIMED_QUERIES * 0.95)]!.toFixed(1)),
  };
}
console.table(timings);
const sketch = await sketchRecall();
const [{ count }]: [{ count: number }] = await source.query('SELECT count(*)::integer AS count FROM text');
const rounded = Object.fromEntries(
  Object.entries(throughput).map(([name, value]) => [name, Math.round(value)]),
);
const results = {
  quality,
  texts: count,
  msAQuery: timings,
  sketchRecallAt10: sketch,
  textsPerSecond: rounded,
};
writeFileSync(resolve('experiments', 'nlp-search', 'results.json'), `${JSON.stringify(results, null, 2)}\n`);
process.stdout.write(`${JSON.stringify(results)}\n`);
await encoder.close();
await source.destroy();
await postgres.stop();

/** Texts up to the number wanted, put together from pieces of real ones; vectors are blends of real ones. */
async function grow(): Promise<void> {
  const fda = rowsOf(FDA);
  const real = await index.of(encoder.id, encoder.dimensions);
  const ids = [...idOf.values()];
  const pick = <T>(list: readonly T[]): T => list[prng.integer(0, list.length - 1)]!;
  for (let made = idOf.size; made < WANTED; made += 1_000) {
    const part = Array.from({ length: Math.min(1_000, WANTED - made) }, (_, i): TextInput => ({
      kind: 'RECALL',
      body: `${pick(fda)['recalling_firm']} of ${pick(fda)['city']} recalls ${pick(fda)['code_info']}; ${pick(fda)['product_description']}. ${pick(fda)['reason_for_recall']}`.slice(
        0,
        900,
      ),
      writtenAt: new Date(Date.UTC(2012, 0, 1 + ((made + i) % 4_000))),
      reference: `made-${made + i}`,
    }));
    const taken = await intake.take(part, PARTNER, 'IMPORT', now);
    const blends = taken.ids.map(() => {
      const [a, b] = [real.get(pick(ids))!, real.get(pick(ids))!];
      return quantise(Float32Array.from(a, (value, at) => value + 0.7 * b[at]! + 20 * prng.normal()));
    });
    await source.query(
      'INSERT INTO text_vector (text_id, encoder, vector) SELECT * FROM unnest($1::uuid[], $2::text[], $3::bytea[]) ON CONFLICT DO NOTHING',
      [taken.ids, taken.ids.map(() => encoder.id), blends.map((vector) => Buffer.from(vector.buffer))],
    );
  }
  await source.query(`TRUNCATE text_lexeme`);
  await source.query(
    `INSERT INTO text_lexeme SELECT lexeme, count(*) FROM text, unnest(tsvector_to_array(words)) lexeme GROUP BY 1`,
  );
  await source.query('ANALYZE text, text_lexeme');
}

/** How many of the ten nearest by comparing all vectors the sketch finds. */
async function sketchRecall(): Promise<number> {
  const vectors: VectorIndex = await index.of(encoder.id, encoder.dimensions);
  const rows: { id: string }[] = await source.query('SELECT text_id AS id FROM text_vector');
  const everything = new Set(rows.map(({ id }) => id));
  let common = 0;
  for (let i = 0; i < 50; i += 1) {
    const [query] = await encoder.encode([fsis[(i * 31) % fsis.length]!['title']!]);
    const exact = new Set(vectors.nearest(query!, 10, everything).map(({ id }) => id));
    common += vectors.nearest(query!, 10).filter(({ id }) => exact.has(id)).length;
  }
  return Number((common / 500).toFixed(3));
}
