import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A shard keeps its sums once more without the values of parts that no past origin has seen, as a whole run forecasts them. */
export class KeepSumsWithoutNewParts1764000355100 implements MigrationInterface {
  public readonly name = 'KeepSumsWithoutNewParts1764000355100';

  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE forecast_shard_content ADD COLUMN reduced bytea;
      ALTER TABLE forecast_shard_content ALTER COLUMN reduced SET STORAGE EXTERNAL;
      COMMENT ON COLUMN forecast_shard_content.reduced IS
        'Histories of sums without the parts that are new to every past origin; null where no sum has such a part.';`);
  }

  public async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE forecast_shard_content DROP COLUMN reduced');
  }
}
