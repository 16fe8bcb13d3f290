import type { MigrationInterface, QueryRunner } from 'typeorm';
import { guarded, leftOutRules } from './access-rules.js';

/** Runs say what they knew of stock-outs, and a forecast of a period in which stock ran out is held against nothing, once and for all. */
export class TellStockOuts1764000353000 implements MigrationInterface {
  public readonly name = 'TellStockOuts1764000353000';

  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE forecast_run ADD COLUMN stock_outs_up_to bigint;
      COMMENT ON COLUMN forecast_run.stock_outs_up_to IS
        'Number of the last statement of a stock-out that the run knew; null where none had been said.';
      ALTER TABLE forecast_plan ADD COLUMN stock_outs_up_to bigint;
      COMMENT ON COLUMN forecast_plan.stock_outs_up_to IS 'As of forecast_run.';
      CREATE INDEX covariate_statement_stock_out ON covariate_statement (seq) WHERE name = 'stock_out';
      CREATE TABLE forecast_left_out (
        run_id uuid NOT NULL,
        series_id text NOT NULL,
        step integer NOT NULL,
        stock_outs_up_to bigint NOT NULL,
        left_out_at timestamptz NOT NULL,
        PRIMARY KEY (run_id, series_id, step),
        FOREIGN KEY (run_id, series_id, step) REFERENCES forecast ON DELETE CASCADE
      );
      COMMENT ON TABLE forecast_left_out IS
        'Forecasts that get no score: stock ran out in their period, by what had been said when they were due.';
      COMMENT ON COLUMN forecast_left_out.stock_outs_up_to IS 'Number of the last statement that was known then.';`);
    for (const [table, rule] of Object.entries(leftOutRules)) await runner.query(guarded(table, rule));
  }

  public async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE forecast_left_out;
      DROP INDEX covariate_statement_stock_out;
      ALTER TABLE forecast_plan DROP COLUMN stock_outs_up_to;
      ALTER TABLE forecast_run DROP COLUMN stock_outs_up_to`);
  }
}
