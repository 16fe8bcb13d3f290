import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What following the chain's head leaves behind: the block below which nothing may change any more, who may write, what
 * was taken back, and what was made from facts and has to be made again.
 */
export class FollowFinality1764000040000 implements MigrationInterface {
  public readonly name = 'FollowFinality1764000040000';

  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE chain_checkpoint
        ADD COLUMN final_number bigint,
        ADD COLUMN final_hash text,
        ADD COLUMN writer_epoch bigint NOT NULL DEFAULT 0;
      COMMENT ON COLUMN chain_checkpoint.writer_epoch IS 'Counts the processes that led; only the latest may write.';

      CREATE TABLE chain_rollback (
        seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        chain_id integer NOT NULL,
        from_number bigint NOT NULL,
        from_hash text NOT NULL,
        to_number bigint NOT NULL,
        to_hash text NOT NULL,
        rolled_back_at timestamptz NOT NULL
      );
      CREATE INDEX chain_rollback_chain ON chain_rollback (chain_id, seq);

      CREATE TABLE derivation (
        name text NOT NULL,
        key text NOT NULL,
        chain_id integer NOT NULL,
        block_number bigint NOT NULL,
        stale_from bigint,
        PRIMARY KEY (name, key, chain_id)
      );
      COMMENT ON COLUMN derivation.block_number IS 'Facts up to this block went in.';
      COMMENT ON COLUMN derivation.stale_from IS 'Lowest block that was taken back since; null while it stands.';
      CREATE INDEX derivation_block ON derivation (chain_id, block_number);
      CREATE INDEX derivation_stale ON derivation (name) WHERE stale_from IS NOT NULL;
    `);
  }

  public async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE derivation, chain_rollback;
      ALTER TABLE chain_checkpoint DROP COLUMN final_number, DROP COLUMN final_hash, DROP COLUMN writer_epoch;
    `);
  }
}
