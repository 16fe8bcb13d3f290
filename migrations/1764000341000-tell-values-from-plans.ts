import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Runs of versions with covariates say of which values they were made too, so that versions without are compared on the same. */
export class TellValuesFromPlans1764000341000 implements MigrationInterface {
  public readonly name = 'TellValuesFromPlans1764000341000';

  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE forecast_run ADD COLUMN values_sha256 text;
      COMMENT ON COLUMN forecast_run.values_sha256 IS
        'Digest of the observations alone where data_sha256 covers covariates too; null where they are the same.';`);
  }

  public async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE forecast_run DROP COLUMN values_sha256');
  }
}
