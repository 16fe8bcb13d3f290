import type { DataSource } from 'typeorm';
import type { SearchMode, SemanticIndex, SentenceEncoder, TextSearch } from '@tallyhouse/nlp';
import type { Row } from './corpus.js';

const TIMED_QUERIES = 200;
const SKETCHED_QUERIES = 50;
const MODES: readonly SearchMode[] = ['LEXICAL', 'SEMANTIC', 'HYBRID'];

/** Milliseconds of a query by mode, its vector known beforehand, and of making the vector. */
export async function queryTimes(finder: TextSearch, encoder: SentenceEncoder, rows: readonly Row[]) {
  const asked = Array.from({ length: TIMED_QUERIES }, (_, i) => rows[(i * 37) % rows.length]!['title']!);
  const timed = async (work: (query: string) => Promise<unknown>): Promise<{ p50: number; p95: number }> => {
    const times: number[] = [];
    await work('warm up');
    for (const query of asked) {
      const startedMs = performance.now();
      await work(query);
      times.push(performance.now() - startedMs);
    }
    times.sort((a, b) => a - b);
    const at = (share: number): number => Number(times[Math.floor(share * times.length)]!.toFixed(1));
    return { p50: at(0.5), p95: at(0.95) };
  };
  const times: Record<string, { p50: number; p95: number }> = {};
  times['vector of a query'] = await timed((query) => encoder.encode([`${query} `]));
  await encoder.encode(asked);
  for (const mode of MODES) times[mode] = await timed((query) => finder.search({ query, mode, first: 20 }));
  return times;
}

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
