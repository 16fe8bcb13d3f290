import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { SENTENCE_ENCODER } from '../encoder/sentence-encoder.token.js';
import type { SentenceEncoder } from '../encoder/sentence-encoder.strategy.js';
import { NlpError } from '../nlp.errors.js';
import { detectLanguage, searchConfigOf, UNDETERMINED } from '../texts/language.js';
import { normaliseLine } from '../texts/normalise.js';
import { fuseRankings } from './fusion.js';
import { lexicalRanking } from './lexical.reader.js';
import { SemanticIndex } from './semantic-index.service.js';
import { conditionOf, isEmpty, type TextFilter } from './text-filter.js';
import type { Neighbour } from './vector-index.js';

/** By what texts are looked for. */
export type SearchMode = 'HYBRID' | 'LEXICAL' | 'SEMANTIC';

export interface TextHit {
  readonly textId: string;
  /** Reciprocal-rank fusion of the two rankings; only its order means something. */
  readonly score: number;
  /** Place by words, from 1; null when it was not found so. */
  readonly lexicalRank: number | null;
  /** Place by meaning, from 1. */
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
/** Results of each ranking that are fused. */
const DEPTH = 200;
/** Ids that a filter may leave for the ranking by meaning. */
const MAX_ALLOWED = 200_000;

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
  public async search({ query, mode = 'HYBRID', filter = {}, first }: TextQuery): Promise<TextHit[]> {
    const words = normaliseLine(query);
    if (words === '' || words.length > MAX_QUERY_CHARACTERS) {
      throw new NlpError(
        'QUERY_INVALID',
        `search: expected 1 to ${MAX_QUERY_CHARACTERS} characters, found ${words.length}`,
      );
    }
    const [lexical, semantic] = await Promise.all([
      mode === 'SEMANTIC' ? [] : this.byWords(words, filter),
      mode === 'LEXICAL' ? [] : this.byMeaning(words, filter, mode),
    ]);
    const similarity = new Map(semantic.map((each) => [each.id, each.similarity]));
    return fuseRankings([lexical, semantic.map(({ id }) => id)])
      .slice(0, first)
      .map(({ id, score, ranks: [lexicalRank = null, semanticRank = null] }) => ({
        textId: id,
        score,
        lexicalRank,
        semanticRank,
        similarity: similarity.get(id) ?? null,
      }));
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

  private byWords(words: string, filter: TextFilter): Promise<string[]> {
    const language = detectLanguage(words);
    const config = language === UNDETERMINED ? 'english' : searchConfigOf(language);
    return lexicalRanking(this.dataSource, words, config, conditionOf(filter), DEPTH);
  }

  private async byMeaning(words: string, filter: TextFilter, mode: SearchMode): Promise<Neighbour[]> {
    try {
      const [vector] = await this.encoder.encode([words]);
      const index = await this.vectors.of(this.encoder.id, this.encoder.dimensions);
      return index.nearest(vector!, DEPTH, await this.allowed(filter));
    } catch (error) {
      if (mode === 'HYBRID' && error instanceof NlpError) return [];
      throw error;
    }
  }

  /** Texts that may be found; undefined for all, which who sees everybody's texts and filters none may. */
  private async allowed(filter: TextFilter): Promise<ReadonlySet<string> | undefined> {
    const [viewer]: { all: boolean }[] = await this.dataSource.query('SELECT sees_everybody() AS "all"');
    if (isEmpty(filter) && viewer?.all) return undefined;
    const condition = conditionOf(filter);
    const rows: { id: string }[] = await this.dataSource.query(
      `SELECT t.id FROM text t WHERE ${condition.sql(1)} LIMIT ${MAX_ALLOWED}`,
      [...condition.values],
    );
    return new Set(rows.map(({ id }) => id));
  }
}
