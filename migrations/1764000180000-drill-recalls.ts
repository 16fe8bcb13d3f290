import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Mock recalls, which never reach the chain: their answers and ends are kept here. Of every recall, when its list stood,
 * and how much of each lot was gone by then.
 */
export class DrillRecalls1764000180000 implements MigrationInterface {
  public readonly name = 'DrillRecalls1764000180000';

  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE recall ADD COLUMN listed_at timestamptz, ADD COLUMN ended_at timestamptz, ADD COLUMN outcome text;
      UPDATE recall SET listed_at = created_at;
      ALTER TABLE recall ALTER COLUMN listed_at SET NOT NULL,
        ADD CHECK (drill OR (ended_at IS NULL AND outcome IS NULL));
      ALTER TABLE recall_item ADD COLUMN gone numeric CHECK (gone >= 0);
      CREATE TABLE recall_drill_answer (
        recall_id text NOT NULL REFERENCES recall ON DELETE CASCADE,
        seq bigint GENERATED ALWAYS AS IDENTITY,
        partner text NOT NULL,
        recovered numeric NOT NULL CHECK (recovered >= 0),
        answered_at timestamptz NOT NULL,
        PRIMARY KEY (recall_id, seq)
      );
    `);
  }

  public async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE recall_drill_answer;
      ALTER TABLE recall_item DROP COLUMN gone;
      ALTER TABLE recall DROP COLUMN listed_at, DROP COLUMN ended_at, DROP COLUMN outcome;
    `);
  }
}
