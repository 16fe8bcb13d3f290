import type { MigrationInterface, QueryRunner } from 'typeorm';
import { accessRules, guarded } from './access-rules.js';

const PARTITIONS = 8;

/**
 * Forecasts lie in parts by series: workers that store shares of one run fill indexes apart, and whoever asks for a series reads
 * one of them. Rows of a run may come before the run itself, which is written when it is whole.
 */
export class PartitionForecasts1764000283000 implements MigrationInterface {
  public readonly name = 'PartitionForecasts1764000283000';

  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(SET_ASIDE);
    await runner.query(`
      CREATE TABLE forecast (LIKE forecast_before INCLUDING CONSTRAINTS INCLUDING COMMENTS) PARTITION BY HASH (series_id);
      ${Array.from(
        { length: PARTITIONS },
        (_, part) =>
          `CREATE TABLE forecast_${part} PARTITION OF forecast FOR VALUES WITH (MODULUS ${PARTITIONS}, REMAINDER ${part});`,
      ).join('\n')}
      INSERT INTO forecast SELECT * FROM forecast_before;
      ${COMPLETE}`);
    await runner.query(guarded('forecast', accessRules['forecast']!));
  }

  public async down(runner: QueryRunner): Promise<void> {
    await runner.query(SET_ASIDE);
    await runner.query(`
      CREATE TABLE forecast (LIKE forecast_before INCLUDING CONSTRAINTS INCLUDING COMMENTS);
      INSERT INTO forecast SELECT * FROM forecast_before WHERE run_id IN (SELECT id FROM forecast_run);
      ALTER TABLE forecast ADD FOREIGN KEY (run_id) REFERENCES forecast_run ON DELETE CASCADE;
      ${COMPLETE}`);
    await runner.query(guarded('forecast', accessRules['forecast']!));
  }
}

/** The old table gives its names to the new one. */
const SET_ASIDE = `
  ALTER TABLE forecast_score DROP CONSTRAINT forecast_score_run_id_series_id_step_fkey;
  ALTER TABLE forecast RENAME TO forecast_before;
  ALTER TABLE forecast_before DROP CONSTRAINT forecast_pkey;
  DROP INDEX forecast_series;`;

const COMPLETE = `
  DROP TABLE forecast_before;
  ALTER TABLE forecast
    ADD CONSTRAINT forecast_pkey PRIMARY KEY (run_id, series_id, step),
    ADD CONSTRAINT forecast_series_id_fkey FOREIGN KEY (series_id) REFERENCES series;
  CREATE INDEX forecast_series ON forecast (series_id, target_start);
  ALTER TABLE forecast_score ADD CONSTRAINT forecast_score_run_id_series_id_step_fkey
    FOREIGN KEY (run_id, series_id, step) REFERENCES forecast ON DELETE CASCADE;`;
