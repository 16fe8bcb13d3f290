import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Events waiting for a batch, and batches of events sealed under one Merkle root; whether a root is on chain is told by `trace_anchored`. */
export class CreateAnchoring1764000001000 implements MigrationInterface {
  public readonly name = 'CreateAnchoring1764000001000';

  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE anchor_queue (
        seq bigint PRIMARY KEY,
        partner text NOT NULL,
        event_id uuid NOT NULL,
        event_time timestamptz NOT NULL,
        queued_at timestamptz NOT NULL
      );
      CREATE INDEX anchor_queue_partner ON anchor_queue (partner, seq);
      CREATE TABLE anchor_batch (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        partner text NOT NULL,
        submitter text NOT NULL,
        seq bigint NOT NULL,
        root text NOT NULL,
        count integer NOT NULL CHECK (count > 0),
        prev_head text NOT NULL,
        head text NOT NULL,
        schema_id text NOT NULL,
        uri text NOT NULL,
        sealed_at timestamptz NOT NULL,
        tx_hash text,
        sent_at timestamptz,
        attempts integer NOT NULL DEFAULT 0,
        last_error text,
        UNIQUE (partner, seq),
        UNIQUE (partner, root)
      );
      CREATE TABLE anchor_leaf (
        batch_id bigint NOT NULL REFERENCES anchor_batch ON DELETE CASCADE,
        leaf_index integer NOT NULL,
        event_id uuid NOT NULL UNIQUE,
        event_time timestamptz NOT NULL,
        leaf bytea NOT NULL CHECK (octet_length(leaf) = 32),
        PRIMARY KEY (batch_id, leaf_index)
      );
    `);
  }

  public async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE anchor_leaf, anchor_batch, anchor_queue');
  }
}
