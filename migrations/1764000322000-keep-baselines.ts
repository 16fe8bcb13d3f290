import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the baseline said when a forecast was made is kept with it, not made again when the outcome is known. */
export class KeepBaselines1764000322000 implements MigrationInterface {
  public readonly name = 'KeepBaselines1764000322000';

  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE forecast ADD COLUMN baseline double precision;
      COMMENT ON COLUMN forecast.baseline IS
        'What the seasonal naive said with the same data, or the last value; null where nothing was known. Not in the leaf.';
      ALTER TABLE forecast_run ADD COLUMN has_baseline boolean NOT NULL DEFAULT false;
      COMMENT ON COLUMN forecast_run.has_baseline IS 'False for runs from before baselines were kept.';
    `);
  }

  public async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE forecast DROP COLUMN baseline;
      ALTER TABLE forecast_run DROP COLUMN has_baseline`);
  }
}
