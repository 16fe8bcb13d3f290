import type { DataSource, EntityManager } from 'typeorm';

export type Queries = Pick<DataSource | EntityManager, 'query'>;

/** A word of a query as the index has it. */
export interface QueryTerm {
  readonly lexeme: string;
  /** Texts that have it. */
  readonly texts: number;
  /** How much it tells: ln(1 + (n − df + ½) / (df + ½)). */
  readonly weight: number;
  /** Where it stands in the query, from 1; none for a word that takes the place of another. */
  readonly places: readonly number[];
}

type Known = Omit<QueryTerm, 'weight'>;

const MAX_TERMS = 12;
/** Rows that the terms of a query may lead to together; the rarest terms are taken first. */
const MAX_ROWS = 8_000;
const LEAST_SIMILARITY = 0.45;
/** Known words from which on words of no text are not replaced. */
const ENOUGH_KNOWN = 4;
const MOST_REPLACED = 4;
const LEAST_LETTERS = 4;

const SIZE = `SELECT GREATEST(reltuples, 0)::integer AS texts FROM pg_class WHERE oid = 'text'::regclass`;

/**
 * The rarest words of a query that texts have, under their language's rules and as they are written. Where few are known,
 * a word that no text has is replaced by those most like it (pg_trgm).
 */
export async function termsOf(queries: Queries, query: string, config: string): Promise<QueryTerm[]> {
  const asked: { lexeme: string; texts: number | null; places: number[] }[] = await queries.query(
    `SELECT word.lexeme, l.texts, word.places FROM (
       SELECT lexeme, array_agg(DISTINCT place ORDER BY place) AS places FROM (
         SELECT * FROM unnest(to_tsvector($1::regconfig, $2)) UNION ALL SELECT * FROM unnest(to_tsvector('simple', $2))
       ) said, unnest(said.positions) place GROUP BY lexeme
     ) word LEFT JOIN text_lexeme l USING (lexeme) ORDER BY l.texts NULLS LAST LIMIT 64`,
    [config, query],
  );
  const known = asked.flatMap(({ texts, ...word }): Known[] => (texts === null ? [] : [{ ...word, texts }]));
  const unknown = asked.filter(({ texts, lexeme }) => texts === null && lexeme.length >= LEAST_LETTERS);
  const replaced =
    known.length >= ENOUGH_KNOWN || unknown.length === 0
      ? []
      : await alikeTo(
          queries,
          unknown.slice(0, MOST_REPLACED).map(({ lexeme }) => lexeme),
        );
  let rows = 0;
  const terms = [...known, ...replaced]
    .sort((a, b) => a.texts - b.texts)
    .slice(0, MAX_TERMS)
    .filter((term, index) => (rows += term.texts) <= MAX_ROWS || index === 0);
  if (terms.length === 0) return [];
  const [size]: { texts: number }[] = await queries.query(SIZE);
  // Statistics may be older than the counts: then there are at least as many texts as have the most frequent word.
  const all = terms.reduce((most, { texts }) => Math.max(most, texts), size?.texts ?? 0);
  return terms.map((term) => ({
    ...term,
    weight: Math.log(1 + (all - term.texts + 0.5) / (term.texts + 0.5)),
  }));
}

async function alikeTo(queries: Queries, words: readonly string[]): Promise<Known[]> {
  return queries.query(
    `SELECT DISTINCT ON (found.lexeme) found.lexeme, found.texts, '{}'::integer[] AS places
     FROM unnest($1::text[]) word (lexeme)
     CROSS JOIN LATERAL (
       SELECT l.lexeme, l.texts FROM text_lexeme l
       WHERE l.lexeme % word.lexeme AND similarity(l.lexeme, word.lexeme) >= $2
       ORDER BY similarity(l.lexeme, word.lexeme) DESC LIMIT 3) found`,
    [words, LEAST_SIMILARITY],
  );
}
