import { Inject, Injectable } from '@nestjs/common';
import { bulkInsert } from '@tallyhouse/database';
import { DataSource } from 'typeorm';
import type { SentenceEncoder } from '../encoder/sentence-encoder.strategy.js';
import { SENTENCE_ENCODER } from '../encoder/sentence-encoder.token.js';
import { quantise, toBytes } from '../search/quantised.js';

const TEXTS_A_ROUND = 64;
/** What is encoded of a text: its beginning says what it is about, and encoders blur long texts. */
const ENCODED_CHARACTERS = 600;
const VECTOR_COLUMNS = { text_id: 'uuid', encoder: 'text', vector: 'bytea' };

/** Gives texts their vectors of meaning. */
@Injectable()
export class TextEmbedding {
  public constructor(
    private readonly dataSource: DataSource,
    @Inject(SENTENCE_ENCODER) private readonly encoder: SentenceEncoder,
  ) {}

  /**
   * Encodes the oldest texts that the encoder has not read; returns how many. Fewer than 64 means that none is left.
   *
   * @throws NlpError `ENCODER_MISSING`, `ENCODER_FAILED`, `ENCODER_STOPPED`; nothing is stored then
   */
  public async run(): Promise<number> {
    const texts: { id: string; title: string; body: string }[] = await this.dataSource.query(
      `SELECT t.id, t.title, t.body FROM text t
       WHERE NOT EXISTS (SELECT FROM text_vector v WHERE v.text_id = t.id AND v.encoder = $1)
       ORDER BY t.seq LIMIT ${TEXTS_A_ROUND}`,
      [this.encoder.id],
    );
    const vectors = await this.encoder.encode(texts.map(({ title, body }) => encodedWords(title, body)));
    const rows = texts.map(({ id }, index) => [id, this.encoder.id, toBytes(quantise(vectors[index]!))]);
    await bulkInsert(
      this.dataSource,
      'text_vector',
      VECTOR_COLUMNS,
      rows,
      `ON CONFLICT (text_id) DO UPDATE SET encoder = excluded.encoder, vector = excluded.vector,
         seq = DEFAULT`,
    );
    return texts.length;
  }
}

/** The words of a text that are encoded. */
export function encodedWords(title: string, body: string): string {
  return (title === '' ? body : `${title}. ${body}`).slice(0, ENCODED_CHARACTERS);
}
