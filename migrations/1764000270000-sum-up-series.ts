import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Series of product groups and of countries, and how a run brought sums and parts together. */
export class SumUpSeries1764000270000 implements MigrationInterface {
  public readonly name = 'SumUpSeries1764000270000';

  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE series
        ADD COLUMN product_group text,
        ADD COLUMN country text,
        DROP CONSTRAINT series_grain_check,
        ADD CONSTRAINT series_grain_check
          CHECK (grain IN ('TOTAL', 'GROUP', 'PRODUCT', 'COUNTRY', 'SITE', 'PRODUCT_SITE', 'LANE'));
      DO $$ DECLARE known text; BEGIN
        SELECT conname INTO STRICT known FROM pg_constraint WHERE conrelid = 'series'::regclass AND contype = 'u';
        EXECUTE format('ALTER TABLE series DROP CONSTRAINT %I', known);
      END $$;
      ALTER TABLE series ADD CONSTRAINT series_identity UNIQUE NULLS NOT DISTINCT
        (partner, measure, frequency, grain, product, site, destination, product_group, country);
      ALTER TABLE forecast_run
        ADD COLUMN reconciliation text CHECK (reconciliation IN ('MINT', 'STRUCTURAL')),
        ADD COLUMN reconciliation_reason text;
      COMMENT ON COLUMN forecast_run.reconciliation IS 'How sums and parts were brought together; null where they were not.';
    `);
  }

  public async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE forecast_run DROP COLUMN reconciliation, DROP COLUMN reconciliation_reason;
      DELETE FROM forecast WHERE series_id IN (SELECT id FROM series WHERE grain IN ('GROUP', 'COUNTRY'));
      DELETE FROM series WHERE grain IN ('GROUP', 'COUNTRY');
      ALTER TABLE series DROP CONSTRAINT series_identity, DROP COLUMN product_group, DROP COLUMN country,
        DROP CONSTRAINT series_grain_check,
        ADD CONSTRAINT series_grain_check CHECK (grain IN ('TOTAL', 'PRODUCT', 'SITE', 'PRODUCT_SITE', 'LANE')),
        ADD UNIQUE NULLS NOT DISTINCT (partner, measure, frequency, grain, product, site, destination);
    `);
  }
}
