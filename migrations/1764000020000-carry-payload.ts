import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Events that ride on chain with their batch, so that the index can be rebuilt from the chain alone. */
export class CarryPayload1764000020000 implements MigrationInterface {
  public readonly name = 'CarryPayload1764000020000';

  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE trace_payload (
        chain_id integer NOT NULL,
        block_number bigint NOT NULL,
        block_hash text NOT NULL,
        log_index integer NOT NULL,
        tx_hash text NOT NULL,
        block_time timestamptz NOT NULL,
        partner text NOT NULL,
        root text NOT NULL,
        seq numeric(20,0) NOT NULL,
        payload text NOT NULL,
        PRIMARY KEY (chain_id, block_number, log_index)
      );
      ALTER TABLE anchor_batch ADD COLUMN payload bytea;
      COMMENT ON COLUMN anchor_batch.payload IS 'Compressed events that are anchored with the root; null: the root alone.';
    `);
  }

  public async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE anchor_batch DROP COLUMN payload; DROP TABLE trace_payload');
  }
}
