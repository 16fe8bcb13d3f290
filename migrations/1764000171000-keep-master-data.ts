import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What partners say of places, products and parties in the headers of their documents. Each statement of an element is a
 * version of its own; the one in force is that which nothing has superseded.
 */
export class KeepMasterData1764000171000 implements MigrationInterface {
  public readonly name = 'KeepMasterData1764000171000';

  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE master_data (
        partner text NOT NULL,
        vocabulary text NOT NULL,
        uri text NOT NULL,
        version integer NOT NULL,
        id text NOT NULL,
        attributes jsonb NOT NULL,
        children text[] NOT NULL,
        capture_job uuid NOT NULL,
        recorded_at timestamptz NOT NULL,
        superseded_at timestamptz,
        PRIMARY KEY (partner, vocabulary, uri, version)
      );
      COMMENT ON COLUMN master_data.attributes IS 'A list of {id, name, value}: the name as it was sent, the one spelling of it, and the value.';
      CREATE INDEX master_data_uri ON master_data (uri, vocabulary);
      CREATE INDEX master_data_in_force ON master_data (vocabulary) WHERE superseded_at IS NULL;
      ALTER TABLE capture_job ADD COLUMN master_data_elements integer NOT NULL DEFAULT 0;
    `);
  }

  public async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE capture_job DROP COLUMN master_data_elements; DROP TABLE master_data');
  }
}
