import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Forecasts that rest on blocks which a reorganisation took back stay readable, and are committed no more. */
export class WithdrawForecasts1764000110000 implements MigrationInterface {
  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE forecast_run ADD COLUMN withdrawn_at timestamptz;
      COMMENT ON COLUMN forecast_run.withdrawn_at IS 'Its data were taken back by the chain; null while it stands.';
    `);
  }

  public async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE forecast_run DROP COLUMN withdrawn_at');
  }
}
