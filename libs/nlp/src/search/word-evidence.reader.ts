import type { Queries, QueryTerm } from './query-terms.reader.js';
import type { SqlCondition } from './text-filter.js';

/** Where one word of a query stands in a text. */
export interface FoundTerm {
  /** Index of the query's term. */
  readonly term: number;
  /** Places in the words of title and body together, from 1. */
  readonly places: readonly number[];
  /** How many of them are in the title; these come first. */
  readonly inTitle: number;
}

/** What words say for a text. */
export interface WordEvidence {
  readonly id: string;
  /** Length of title and body in bytes. */
  readonly bytes: number;
  readonly found: readonly FoundTerm[];
}

/**
 * Texts that have the most of a query's words, rare ones counting more, long texts less (BM25 with each word counted
 * once). Lengths are in bytes: Postgres knows them without unpacking a text.
 */
export async function wordCandidates(
  queries: Queries,
  terms: readonly QueryTerm[],
  condition: SqlCondition,
  count: number,
): Promise<string[]> {
  if (terms.length === 0) return [];
  const rows: { id: string }[] = await queries.query(
    `SELECT id FROM (
       SELECT t.id, sum(term.weight) AS weight, octet_length(t.title) + octet_length(t.body) + 1.0::float8 AS bytes
       FROM unnest($1::text[], $2::float8[]) term (lexeme, weight)
       JOIN text t ON t.words @@ (quote_literal(term.lexeme)::tsquery)
       WHERE ${condition.sql(4)} GROUP BY t.id) found
     ORDER BY weight / (1.3 + 0.9 * bytes / avg(bytes) OVER ()) DESC, id LIMIT $3`,
    [terms.map(({ lexeme }) => lexeme), terms.map(({ weight }) => weight), count, ...condition.values],
  );
  return rows.map(({ id }) => id);
}

/** Where the words of a query stand in given texts; texts that are no more are left out. */
export async function wordEvidence(
  queries: Queries,
  ids: readonly string[],
  terms: readonly QueryTerm[],
): Promise<WordEvidence[]> {
  const rows: { id: string; bytes: number; term: number | null; places: number[]; inTitle: number }[] =
    await queries.query(
      `SELECT t.id, octet_length(t.title) + octet_length(t.body) AS bytes, word.term, word.places, word."inTitle"
       FROM text t LEFT JOIN LATERAL (
         SELECT array_position($2::text[], w.lexeme) - 1 AS term, w.positions AS places,
           cardinality(array_positions(w.weights, 'A')) AS "inTitle"
         FROM unnest(t.words) w WHERE w.lexeme = ANY($2::text[])) word ON true
       WHERE t.id = ANY($1::uuid[])`,
      [ids, terms.map(({ lexeme }) => lexeme)],
    );
  const texts = new Map<string, { id: string; bytes: number; found: FoundTerm[] }>();
  for (const { id, bytes, term, places, inTitle } of rows) {
    const text = texts.get(id) ?? { id, bytes, found: [] };
    if (term !== null) text.found.push({ term, places, inTitle });
    texts.set(id, text);
  }
  return [...texts.values()];
}
