import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Recalls as they were worked out, who is told of them, and what products measure. */
export class CreateRecall1764000062000 implements MigrationInterface {
  public readonly name = 'CreateRecall1764000062000';

  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE recall (
        id text PRIMARY KEY,
        seq bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
        partner text NOT NULL,
        criteria json NOT NULL,
        criteria_hash text NOT NULL,
        affected_root text NOT NULL,
        affected_count integer NOT NULL CHECK (affected_count > 0),
        drill boolean NOT NULL,
        created_at timestamptz NOT NULL,
        tx_hash text,
        sent_at timestamptz,
        last_error text
      );
      CREATE TABLE recall_item (
        recall_id text NOT NULL REFERENCES recall ON DELETE CASCADE,
        ordinal integer NOT NULL,
        uri text NOT NULL,
        state text NOT NULL CHECK (state IN ('ON_HAND', 'IN_TRANSIT', 'CONSUMED', 'SOLD', 'DISPOSED', 'UNKNOWN')),
        certainty text NOT NULL CHECK (certainty IN ('CERTAIN', 'POSSIBLE')),
        depth integer NOT NULL,
        location text,
        holder text,
        quantity numeric,
        uom text,
        last_event uuid,
        last_seen timestamptz,
        PRIMARY KEY (recall_id, ordinal)
      );
      CREATE INDEX recall_item_holder ON recall_item (holder, recall_id);
      CREATE TABLE recall_message (
        recall_id text NOT NULL REFERENCES recall ON DELETE CASCADE,
        partner text NOT NULL,
        created_at timestamptz NOT NULL,
        attempts integer NOT NULL DEFAULT 0,
        due_at timestamptz,
        delivered_at timestamptz,
        last_error text,
        PRIMARY KEY (recall_id, partner)
      );
      CREATE INDEX recall_message_due ON recall_message (due_at) WHERE due_at IS NOT NULL;
      CREATE TABLE partner_webhook (
        partner text PRIMARY KEY,
        url text NOT NULL,
        secret bytea NOT NULL CHECK (octet_length(secret) = 32),
        set_at timestamptz NOT NULL
      );
      CREATE TABLE product_measure (
        product text PRIMARY KEY,
        net_content numeric CHECK (net_content > 0),
        uom text,
        yield_min numeric NOT NULL DEFAULT 0 CHECK (yield_min >= 0),
        yield_max numeric NOT NULL DEFAULT 1 CHECK (yield_max >= yield_min),
        CHECK ((net_content IS NULL) = (uom IS NULL))
      );
    `);
  }

  public async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE product_measure, partner_webhook, recall_message, recall_item, recall');
  }
}
