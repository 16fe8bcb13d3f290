import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What our keys send, written down before it is sent, so that a process that dies in between sends the same bytes
 * again and nothing else; and who anchors a partner's batches.
 */
export class RecordTransactions1764000021000 implements MigrationInterface {
  public readonly name = 'RecordTransactions1764000021000';

  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE chain_transaction (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        chain_id integer NOT NULL,
        sender text NOT NULL,
        nonce bigint NOT NULL,
        purpose text NOT NULL,
        target text NOT NULL,
        call_data text NOT NULL,
        gas bigint NOT NULL,
        state text NOT NULL CHECK (state IN ('SENT', 'MINED', 'REVERTED', 'SUPERSEDED')),
        created_at timestamptz NOT NULL,
        settled_at timestamptz
      );
      CREATE UNIQUE INDEX chain_transaction_open ON chain_transaction (chain_id, sender, nonce) WHERE state = 'SENT';
      CREATE UNIQUE INDEX chain_transaction_purpose ON chain_transaction (chain_id, sender, purpose)
        WHERE state = 'SENT';
      CREATE TABLE chain_transaction_attempt (
        transaction_id bigint NOT NULL REFERENCES chain_transaction ON DELETE CASCADE,
        ordinal integer NOT NULL,
        hash text NOT NULL,
        raw text NOT NULL,
        max_fee numeric(78,0) NOT NULL,
        priority_fee numeric(78,0) NOT NULL,
        made_at timestamptz NOT NULL,
        PRIMARY KEY (transaction_id, ordinal)
      );
      CREATE INDEX chain_transaction_attempt_hash ON chain_transaction_attempt (hash);
      CREATE TABLE partner_submission (
        partner text PRIMARY KEY,
        mode text NOT NULL CHECK (mode IN ('SIGNED', 'OWN')),
        submitter text NOT NULL
      );
      COMMENT ON TABLE partner_submission IS 'Partners whose batches the relayer does not anchor in its own name.';
      ALTER TABLE anchor_batch ADD COLUMN signature text, ADD COLUMN signature_deadline bigint;
    `);
  }

  public async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE anchor_batch DROP COLUMN signature, DROP COLUMN signature_deadline;
      DROP TABLE partner_submission, chain_transaction_attempt, chain_transaction;
    `);
  }
}
