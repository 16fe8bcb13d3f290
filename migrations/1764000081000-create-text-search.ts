import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What texts are found by: the words of all texts with how many use them, and vectors of meaning. */
export class CreateTextSearch1764000081000 implements MigrationInterface {
  public readonly name = 'CreateTextSearch1764000081000';

  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE text_lexeme (
        lexeme text PRIMARY KEY,
        texts integer NOT NULL
      );
      CREATE INDEX text_lexeme_trigrams ON text_lexeme USING gin (lexeme gin_trgm_ops);
      CREATE TABLE text_vector (
        text_id uuid PRIMARY KEY REFERENCES text ON DELETE CASCADE,
        seq bigint GENERATED ALWAYS AS IDENTITY,
        encoder text NOT NULL,
        vector bytea NOT NULL
      );
      CREATE INDEX text_vector_seq ON text_vector (encoder, seq);
    `);
  }

  public async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE text_vector, text_lexeme');
  }
}
