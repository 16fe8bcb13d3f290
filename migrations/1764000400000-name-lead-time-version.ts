import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The outlook of deliveries names the file of the version that told it. */
export class NameLeadTimeVersion1764000400000 implements MigrationInterface {
  public readonly name = 'NameLeadTimeVersion1764000400000';

  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE lead_time_run ADD COLUMN artifact_sha256 text,
        ADD COLUMN is_version_tested boolean NOT NULL DEFAULT false;
      COMMENT ON COLUMN lead_time_run.artifact_sha256 IS 'File of the version in force; null where none was.';
      COMMENT ON COLUMN lead_time_run.is_version_tested IS
        'The figures are of the version itself since it was learned; otherwise of its method, learned anew a year before.';`);
  }

  public async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'ALTER TABLE lead_time_run DROP COLUMN is_version_tested, DROP COLUMN artifact_sha256',
    );
  }
}
