import type { DataSource, EntityManager } from 'typeorm';
import type { SqlCondition } from './text-filter.js';

type Queries = Pick<DataSource | EntityManager, 'query'>;

interface Term {
  readonly lexeme: string;
  readonly texts: number;
}

const MAX_TERMS = 12;
/** Rows that the terms of a query may lead to together; the rarest terms are taken first. */
const MAX_ROWS = 8_000;
const LEAST_SIMILARITY = 0.45;

/**
 * Texts by words, best first: BM25 (Robertson, Zaragoza 2009) over Postgres's full-text index with each word counted
 * once. Of a long query the rarest words decide. A word that no text has is replaced by those most like it (pg_trgm).
 */
export async function lexicalRanking(
  queries: Queries,
  query: string,
  config: string,
  condition: SqlCondition,
  count: number,
): Promise<string[]> {
  const terms = await termsOf(queries, query, config);
  if (terms.length === 0) return [];
  const [size]: { texts: number; words: number }[] = await queries.query(SIZE);
  const { texts = 0 } = size ?? {};
  const weights = terms.map((term) => Math.log(1 + (texts - term.texts + 0.5) / (term.texts + 0.5)));
  const values = [terms.map(({ lexeme }) => lexeme), weights, count, ...condition.values];
  const rows: { id: string }[] = await queries.query(
    `SELECT t.id FROM unnest($1::text[], $2::float8[]) term (lexeme, weight)
     JOIN text t ON t.words @@ (quote_literal(term.lexeme)::tsquery)
     WHERE ${condition.sql(4)}
     GROUP BY t.id
     ORDER BY sum(term.weight) * 2.2 / (1.2 + 0.3 + 0.9 * length(t.words) / 40.0) DESC, t.id LIMIT $3`,
    values,
  );
  return rows.map(({ id }) => id);
}

const SIZE = `SELECT GREATEST(reltuples, 0)::integer AS texts FROM pg_class WHERE oid = 'text'::regclass`;

/** The rarest lexemes of a query that texts have, under their language's rules and as they are written. */
async function termsOf(queries: Queries, query: string, config: string): Promise<Term[]> {
  const asked: { lexeme: string; texts: number | null }[] = await queries.query(
    `SELECT word.lexeme, l.texts FROM (
       SELECT DISTINCT unnest(tsvector_to_array(to_tsvector($1::regconfig, $2) || to_tsvector('simple', $2))) AS lexeme
     ) word LEFT JOIN text_lexeme l USING (lexeme) ORDER BY l.texts NULLS LAST LIMIT 64`,
    [config, query],
  );
  const known = asked.flatMap(({ lexeme, texts }) => (texts === null ? [] : [{ lexeme, texts }]));
  const unknown = asked
    .filter(({ texts, lexeme }) => texts === null && lexeme.length >= 4)
    .map(({ lexeme }) => lexeme);
  const alike = known.length >= 4 || unknown.length === 0 ? [] : await alikeTo(queries, unknown.slice(0, 4));
  let rows = 0;
  return [...known, ...alike]
    .sort((a, b) => a.texts - b.texts)
    .slice(0, MAX_TERMS)
    .filter((term, index) => (rows += term.texts) <= MAX_ROWS || index === 0);
}

async function alikeTo(queries: Queries, words: readonly string[]): Promise<Term[]> {
  return queries.query(
    `SELECT DISTINCT ON (found.lexeme) found.lexeme, found.texts FROM unnest($1::text[]) word (lexeme)
     CROSS JOIN LATERAL (
       SELECT l.lexeme, l.texts FROM text_lexeme l
       WHERE l.lexeme % word.lexeme AND similarity(l.lexeme, word.lexeme) >= $2
       ORDER BY similarity(l.lexeme, word.lexeme) DESC LIMIT 3) found`,
    [words, LEAST_SIMILARITY],
  );
}
