import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Parameters of detectors are voted: what a stream learned says in which step, since another step makes it useless. */
export class NoteStepOfStreams1764000350000 implements MigrationInterface {
  public readonly name = 'NoteStepOfStreams1764000350000';

  public async up(runner: QueryRunner): Promise<void> {
    // Five readings came to a value before parameters were voted.
    await runner.query(`
      ALTER TABLE reading_state ADD COLUMN step integer NOT NULL DEFAULT 5 CHECK (step > 0);
      ALTER TABLE reading_state ALTER COLUMN step DROP DEFAULT;
      COMMENT ON COLUMN reading_state.step IS 'Readings that came to a value when it was learned.';`);
  }

  public async down(runner: QueryRunner): Promise<void> {
    // What was learned in another step would be read wrongly: those streams learn anew.
    await runner.query(`
      DELETE FROM reading_state WHERE step <> 5;
      ALTER TABLE reading_state DROP COLUMN step;`);
  }
}
