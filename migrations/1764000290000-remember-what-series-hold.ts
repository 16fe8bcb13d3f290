import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which batches are in the series, and under which master data, so that only what changed is made again. */
export class RememberWhatSeriesHold1764000290000 implements MigrationInterface {
  public readonly name = 'RememberWhatSeriesHold1764000290000';

  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE series_batch (batch_id bigint PRIMARY KEY);
      COMMENT ON TABLE series_batch IS 'Batches whose events are in the series. Only the worker reads and writes it.';
      CREATE TABLE series_basis (
        only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
        master_data_sha256 text NOT NULL
      );
      COMMENT ON TABLE series_basis IS 'Names, groups and countries that the series were last made with.';
    `);
  }

  public async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE series_batch, series_basis');
  }
}
