import type { DataSource } from 'typeorm';
import type { SearchMode, SemanticIndex, SentenceEncoder, TextSearch } from '@tallyhouse/nlp';
import type { Row } from './corpus.js';

const TIMED_QUERIES = 200;
const SKETCHED_QUERIES = 50;
const MODES: readonly SearchMode[] = ['LEXICAL', 'SEMANTIC', 'HYBRID'];

/** What Postgres has for it by itself: every text with one of the words, ranked by how they stand in it. */
const PLAIN = `
  SELECT t.id FROM text t, (SELECT replace(plainto_tsquery('english', $1)::text, '&', '|')::tsquery AS words) q
  WHERE t.words @@ q.words ORDER BY ts_rank_cd(t.words, q.words) DESC, t.id LIMIT 20`;

/**
 * Milliseconds of a query by mode, its vector known beforehand, and of making the vector; beside them Postgres's own
 * ranking. All ways take turns query by query, so that what else the machine does falls on all alike.
 */
export async function queryTimes(
  source: DataSource,
  finder: TextSearch,
  encoder: SentenceEncoder,
  rows: readonly Row[],
) {
  const asked = Array.from({ length: TIMED_QUERIES }, (_, i) => rows[(i * 37) % rows.length]!['title']!);
  const ways: Record<string, (query: string) => Promise<unknown>> = {
    'vector of a query': (query) => encoder.encode([`${query} `]),
    'Postgres ts_rank_cd': (query) => source.query(PLAIN, [query]),
  };
  for (const mode of MODES) ways[mode] = (query) => finder.search({ query, mode, first: 20 });
  await encoder.encode(asked);
  const times = new Map(Object.keys(ways).map((way) => [way, [] as number[]]));
  for (const work of Object.values(ways)) await work('warm up');
  for (const query of asked) {
    for (const [way, work] of Object.entries(ways)) {
      const startedMs = performance.now();
      await work(query);
      times.get(way)!.push(performance.now() - startedMs);
    }
  }
  const plain = quantile(times.get('Postgres ts_rank_cd')!, 0.5);
  return Object.fromEntries(
    [...times].map(([way, taken]) => [
      way,
      {
        p50: rounded(quantile(taken, 0.5)),
        p95: rounded(quantile(taken, 0.95)),
        ofPostgres: rounded(quantile(taken, 0.5) / plain),
      },
    ]),
  );
}

const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor(share * values.length)]!;
const rounded = (value: number): number => Number(value.toFixed(2));

/** How many of the ten nearest by comparing all vectors the sketch finds. */
export async function sketchRecall(
  source: DataSource,
  index: SemanticIndex,
  encoder: SentenceEncoder,
  rows: readonly Row[],
): Promise<number> {
  const vectors = await index.of(encoder.id, encoder.dimensions);
  const ids: { id: string }[] = await source.query('SELECT text_id AS id FROM text_vector');
  const everything = new Set(ids.map(({ id }) => id));
  let common = 0;
  for (let i = 0; i < SKETCHED_QUERIES; i += 1) {
    const [query] = await encoder.encode([rows[(i * 31) % rows.length]!['title']!]);
    const exact = new Set(vectors.nearest(query!, 10, everything).map(({ id }) => id));
    common += vectors.nearest(query!, 10).filter(({ id }) => exact.has(id)).length;
  }
  return Number((common / (10 * SKETCHED_QUERIES)).toFixed(3));
}
