import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { SENTENCE_ENCODER } from '../encoder/sentence-encoder.token.js';
import type { SentenceEncoder } from '../encoder/sentence-encoder.strategy.js';
import { NlpError } from '../nlp.errors.js';
import { detectLanguage, searchConfigOf, UNDETERMINED } from '../texts/language.js';
import { normaliseLine } from '../texts/normalise.js';
import { termsOf } from './query-terms.reader.js';
import { rankTexts, type RankedText, type SearchEvidence } from './rank-texts.js';
import { SemanticIndex } from './semantic-index.service.js';
import { conditionOf, isEmpty, type TextFilter } from './text-filter.js';
import type { Neighbour, VectorIndex } from './vector-index.js';
import { wordCandidates, wordEvidence } from './word-evidence.reader.js';

/** By what texts are looked for. */
export type SearchMode = 'HYBRID' | 'LEXICAL' | 'SEMANTIC';

export interface TextHit {
  readonly textId: string;
  /** What words and meaning say together; only its order means something. */
  readonly score: number;
  /** Place by words, from 1; null when it has none of them. */
  readonly lexicalRank: number | null;
  /** Place by meaning, from 1, among those that were looked at. */
  readonly semanticRank: number | null;
  /** Cosine of the vectors of query and text. */
  readonly similarity: number | null;
}

export interface TextQuery {
  readonly query: string;
  readonly mode?: SearchMode;
  readonly filter?: TextFilter;
  /** 1 to 200. */
  readonly first: number;
}

export const MAX_QUERY_CHARACTERS = 1_000;
/** Texts that words, and as many that meaning, bring to be compared. */
const DEPTH = 200;
/** Nearest texts of which it is asked first whether they may be found. */
const LOOKED_AT = 1_000;
/** Ids that a filter may leave for the ranking by meaning. */
const MAX_ALLOWED = 200_000;
const COUNTED = { HYBRID: 'BOTH', LEXICAL: 'WORDS', SEMANTIC: 'MEANING' } as const;

interface Meaning {
  readonly index: VectorIndex;
  readonly vector: Float32Array;
  readonly nearest: readonly Neighbour[];
}

/** Finds texts by words and by meaning. */
@Injectable()
export class TextSearch {
  public constructor(
    private readonly dataSource: DataSource,
    private readonly vectors: SemanticIndex,
    @Inject(SENTENCE_ENCODER) private readonly encoder: SentenceEncoder,
  ) {}

  /**
   * Best first. When no encoder is there, words alone decide.
   *
   * @throws NlpError `QUERY_INVALID` for a query that says nothing or is longer than 1,000 characters
   */
  public async search(query: TextQuery): Promise<TextHit[]> {
    const { mode = 'HYBRID', first } = query;
    const ranked = rankTexts(await this.evidence(query), COUNTED[mode]);
    const lexical = placesBy(ranked, ({ words }) => words || null);
    const semantic = placesBy(ranked, ({ similarity }) => similarity);
    return ranked.slice(0, first).map(({ id, score, similarity }) => ({
      textId: id,
      score,
      lexicalRank: lexical.get(id) ?? null,
      semanticRank: semantic.get(id) ?? null,
      similarity,
    }));
  }

  /**
   * What there is to rank by: {@link rankTexts} makes results of it.
   *
   * @throws NlpError as {@link search}
   */
  public async evidence({ query, mode = 'HYBRID', filter = {} }: TextQuery): Promise<SearchEvidence> {
    const words = checked(query);
    const [{ terms, ids }, meaning] = await Promise.all([
      mode === 'SEMANTIC' ? { terms: [], ids: [] } : this.byWords(words, filter),
      mode === 'LEXICAL' ? undefined : this.byMeaning(words, filter, mode),
    ]);
    const near = meaning?.nearest ?? [];
    const all = [...new Set([...ids, ...near.map(({ id }) => id)])];
    const found = await wordEvidence(this.dataSource, all, terms);
    const cosines = meaning?.index.nearest(meaning.vector, all.length, new Set(all)) ?? [];
    const similarity = new Map(cosines.map((each) => [each.id, each.similarity]));
    return { terms, texts: found.map((text) => ({ ...text, similarity: similarity.get(text.id) ?? null })) };
  }

  /** Texts of the nearest meaning, the text itself left out; none when it has no vector yet. */
  public async similar(textId: string, first: number): Promise<readonly Neighbour[]> {
    const index = await this.vectors.of(this.encoder.id, this.encoder.dimensions);
    const vector = index.get(textId);
    return vector
      ? index
          .nearest(vector, first + 1)
          .filter(({ id }) => id !== textId)
          .slice(0, first)
      : [];
  }

  private async byWords(words: string, filter: TextFilter) {
    const language = detectLanguage(words);
    const config = language === UNDETERMINED ? 'english' : searchConfigOf(language);
    const terms = await termsOf(this.dataSource, words, config);
    return { terms, ids: await wordCandidates(this.dataSource, terms, conditionOf(filter), DEPTH) };
  }

  private async byMeaning(words: string, filter: TextFilter, mode: SearchMode): Promise<Meaning | undefined> {
    try {
      const [vector] = await this.encoder.encode([words]);
      const index = await this.vectors.of(this.encoder.id, this.encoder.dimensions);
      return { index, vector: vector!, nearest: await this.nearestAllowed(index, vector!, filter) };
    } catch (error) {
      if (mode === 'HYBRID' && error instanceof NlpError) return undefined;
      throw error;
    }
  }

  /**
   * The nearest that may be found. What may be is asked of the nearest alone first: to read the ids of all texts, and to compare each of
   * their vectors, is for those of whose texts too few lie near.
   */
  private async nearestAllowed(
    index: VectorIndex,
    vector: Float32Array,
    filter: TextFilter,
  ): Promise<readonly Neighbour[]> {
    const [viewer]: { all: boolean }[] = await this.dataSource.query('SELECT sees_everybody() AS "all"');
    if (isEmpty(filter) && viewer?.all) return index.nearest(vector, DEPTH);
    const near = index.nearest(vector, LOOKED_AT);
    const allowed = await this.allowed(filter, near);
    const kept = near.filter(({ id }) => allowed.has(id));
    if (kept.length >= DEPTH || near.length >= index.size) return kept.slice(0, DEPTH);
    return index.nearest(vector, DEPTH, await this.allowed(filter));
  }

  /** Ids that may be found, of all or of some. */
  private async allowed(filter: TextFilter, among?: readonly Neighbour[]): Promise<ReadonlySet<string>> {
    const condition = conditionOf(filter);
    const rows: { id: string }[] = await this.dataSource.query(
      `SELECT t.id FROM text t WHERE ($1::uuid[] IS NULL OR t.id = ANY ($1::uuid[])) AND ${condition.sql(2)} LIMIT ${MAX_ALLOWED}`,
      [among?.map(({ id }) => id) ?? null, ...condition.values],
    );
    return new Set(rows.map(({ id }) => id));
  }
}

/** Places from 1, the greatest measure first; a text without one has none. */
function placesBy(
  ranked: readonly RankedText[],
  measure: (text: RankedText) => number | null,
): Map<string, number> {
  const measured = ranked.flatMap((text) => {
    const size = measure(text);
    return size === null ? [] : [{ id: text.id, size }];
  });
  measured.sort((a, b) => b.size - a.size || (a.id < b.id ? -1 : 1));
  return new Map(measured.map(({ id }, index) => [id, index + 1]));
}

function checked(query: string): string {
  const words = normaliseLine(query);
  if (words === '' || words.length > MAX_QUERY_CHARACTERS)
    throw new NlpError(
      'QUERY_INVALID',
      `search: expected 1 to ${MAX_QUERY_CHARACTERS} characters, found ${words.length}`,
    );
  return words;
}
