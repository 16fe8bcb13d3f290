import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Of each block with facts the hash of its rows, and the running digest over all rows up to it. Null in an index that
 * was begun before: `tallyhouse reindex` makes them. A block that is known by its logs alone has no parent.
 */
export class KeepRowHashes1764000030000 implements MigrationInterface {
  public readonly name = 'KeepRowHashes1764000030000';

  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE chain_block ADD COLUMN rows_hash text, ADD COLUMN digest text, ALTER COLUMN parent_hash DROP NOT NULL;
      ALTER TABLE chain_checkpoint ADD COLUMN digest text;`);
  }

  public async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      UPDATE chain_block SET parent_hash = '' WHERE parent_hash IS NULL;
      ALTER TABLE chain_block DROP COLUMN rows_hash, DROP COLUMN digest, ALTER COLUMN parent_hash SET NOT NULL;
      ALTER TABLE chain_checkpoint DROP COLUMN digest;`);
  }
}
