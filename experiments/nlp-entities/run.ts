import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { ENTITY_TYPES, extractEntities, normaliseText } from '@tallyhouse/nlp';

interface Labelled {
  readonly recall: string;
  readonly event: string;
  readonly field: string;
  readonly half: 'tune' | 'test';
  readonly sha256: string;
  readonly spans: readonly (readonly [string, number, number])[];
}

interface Score {
  labelled: number;
  found: number;
  exact: number;
  overlapping: number;
}

const FILE = resolve('..', 'shared', 'data', 'fda-class1-recalls', 'fda_food_class1_recalls.csv.gz');
const HERE = resolve('experiments', 'nlp-entities');
if (!existsSync(FILE)) {
  process.stderr.write(`${FILE} is not there: nothing was measured\n`);
  process.exit(1);
}
const rows = parse(gunzipSync(readFileSync(FILE)), { columns: true }) as Record<string, string>[];
const textOf = new Map(rows.map((row) => [row['recall_number'], row]));
const labelled = JSON.parse(readFileSync(resolve(HERE, 'labels.json'), 'utf8')) as Labelled[];
const shown = process.argv[2];

function score(half: string): Record<string, Score> {
  const scores: Record<string, Score> = {};
  const of = (type: string): Score => (scores[type] ??= { labelled: 0, found: 0, exact: 0, overlapping: 0 });
  for (const text of labelled.filter((each) => half === 'all' || each.half === half)) {
    const words = normaliseText(textOf.get(text.recall)?.[text.field] ?? '');
    const digest = createHash('sha256').update(words).digest('hex').slice(0, 16);
    if (digest !== text.sha256) throw new Error(`${text.recall}: not the text that was labelled`);
    const entities = extractEntities(words);
    for (const [type] of text.spans) of(type).labelled += 1;
    const free = new Set(text.spans.keys());
    const missed: string[] = [];
    for (const entity of entities) {
      const each = of(entity.type);
      each.found += 1;
      const hit =
        [...free].find((index) => matches(text.spans[index]!, entity, true)) ??
        [...free].find((index) => matches(text.spans[index]!, entity, false));
      if (hit === undefined) {
        missed.push(`+${entity.type} ${entity.surface}`);
        continue;
      }
      free.delete(hit);
      each.overlapping += 1;
      if (matches(text.spans[hit]!, entity, true)) each.exact += 1;
      else missed.push(`~${entity.type} ${entity.surface}`);
    }
    for (const index of free) {
      const [type, start, end] = text.spans[index]!;
      missed.push(`-${type} ${words.slice(start, end)}`);
    }
    if (shown === half && missed.length > 0) process.stdout.write(`${words}\n    ${missed.join(' | ')}\n`);
  }
  return scores;
}

function matches(
  [type, start, end]: readonly [string, number, number],
  entity: { type: string; start: number; end: number },
  exactly: boolean,
): boolean {
  if (type !== entity.type) return false;
  return exactly ? start === entity.start && end === entity.end : start < entity.end && end > entity.start;
}

const share = (part: number, whole: number): number | null =>
  whole === 0 ? null : Number((part / whole).toFixed(3));

function figures(half: string): Record<string, unknown> {
  const scores = score(half);
  const all = { labelled: 0, found: 0, exact: 0, overlapping: 0 };
  for (const each of Object.values(scores)) {
    for (const key of Object.keys(all) as (keyof Score)[]) all[key] += each[key];
  }
  const line = (each: Score): object => ({
    labelled: each.labelled,
    found: each.found,
    precision: share(each.exact, each.found),
    recall: share(each.exact, each.labelled),
    overlapPrecision: share(each.overlapping, each.found),
    overlapRecall: share(each.overlapping, each.labelled),
  });
  const types = ENTITY_TYPES.filter((type) => scores[type]);
  return { ...Object.fromEntries(types.map((type) => [type, line(scores[type]!)])), all: line(all) };
}

const started = performance.now();
const texts = labelled.map((each) => normaliseText(textOf.get(each.recall)?.[each.field] ?? ''));
for (let round = 0; round < 10; round += 1) for (const text of texts) extractEntities(text);
const textsPerSecond = Math.round((10 * texts.length) / ((performance.now() - started) / 1_000));

const results = { tune: figures('tune'), test: figures('test'), textsPerSecond };
writeFileSync(resolve(HERE, 'results.json'), `${JSON.stringify(results, null, 2)}\n`);
for (const half of ['tune', 'test'] as const) {
  process.stdout.write(`${half}\n`);
  console.table(results[half]);
}
process.stdout.write(`${textsPerSecond} texts/s\n`);
