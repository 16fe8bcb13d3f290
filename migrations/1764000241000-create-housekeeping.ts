import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was cleared away and made ready, so that nobody has to ask where something went. */
export class CreateHousekeeping1764000241000 implements MigrationInterface {
  public readonly name = 'CreateHousekeeping1764000241000';

  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE housekeeping (
        seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        done_at timestamptz NOT NULL,
        kind text NOT NULL CHECK (kind IN ('LOOK', 'DOCUMENTS', 'REFUSALS', 'DELIVERIES', 'PARTITIONS')),
        before timestamptz,
        count bigint NOT NULL
      );
      COMMENT ON COLUMN housekeeping.kind IS 'LOOK: somebody looked, whether or not there was anything to do.';
      COMMENT ON COLUMN housekeeping.before IS 'What was older than this went.';
      CREATE INDEX housekeeping_kind ON housekeeping (kind, done_at);
    `);
  }

  public async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE housekeeping');
  }
}
