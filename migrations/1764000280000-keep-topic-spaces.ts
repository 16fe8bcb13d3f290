import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Topics are found by how words are used together too, so that texts that come later are put to them by the words of that
 * time. Topics found before have other middles: they go, and are found again at the worker's next look. Words of all
 * texts are no viewer's: nobody but the owner of the tables is given the new one.
 */
export class KeepTopicSpaces1764000280000 implements MigrationInterface {
  public readonly name = 'KeepTopicSpaces1764000280000';

  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DELETE FROM text_topic_run;
      CREATE TABLE text_topic_space (
        run_id bigint PRIMARY KEY REFERENCES text_topic_run ON DELETE CASCADE,
        words text[] NOT NULL,
        dimensions integer NOT NULL,
        vectors bytea NOT NULL
      );
      COMMENT ON COLUMN text_topic_space.vectors IS 'Numbers of four bytes, little end first; dimensions of them a word.';
      ALTER TABLE text_topic_space ENABLE ROW LEVEL SECURITY;
    `);
  }

  public async down(runner: QueryRunner): Promise<void> {
    await runner.query('DELETE FROM text_topic_run; DROP TABLE text_topic_space');
  }
}
