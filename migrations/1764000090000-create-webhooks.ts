import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Webhooks of partners and the messages for them; recalls get theirs here, where they had a table of their own. */
export class CreateWebhooks1764000090000 implements MigrationInterface {
  public readonly name = 'CreateWebhooks1764000090000';

  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE webhook_endpoint (
        id uuid PRIMARY KEY,
        purpose text NOT NULL,
        partner text NOT NULL,
        url text NOT NULL,
        secret bytea,
        signature_header text NOT NULL,
        keeps_history boolean NOT NULL,
        created_at timestamptz NOT NULL,
        last_delivered_at timestamptz,
        leased_until timestamptz
      );
      CREATE INDEX webhook_endpoint_partner ON webhook_endpoint (partner, purpose);
      CREATE TABLE webhook_delivery (
        id uuid PRIMARY KEY,
        seq bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
        endpoint_id uuid NOT NULL REFERENCES webhook_endpoint ON DELETE CASCADE,
        content_type text NOT NULL,
        body bytea,
        state text NOT NULL DEFAULT 'WAITING' CHECK (state IN ('WAITING', 'DELIVERED', 'DEAD')),
        created_at timestamptz NOT NULL,
        attempts integer NOT NULL DEFAULT 0,
        due_at timestamptz,
        delivered_at timestamptz,
        last_status integer,
        last_error text,
        CHECK ((state = 'WAITING') = (due_at IS NOT NULL)),
        CHECK ((state = 'DELIVERED') = (delivered_at IS NOT NULL)),
        CHECK ((state = 'DELIVERED') = (body IS NULL))
      );
      CREATE INDEX webhook_delivery_open ON webhook_delivery (endpoint_id, seq) WHERE state <> 'DELIVERED';
      CREATE INDEX webhook_delivery_past ON webhook_delivery (endpoint_id, delivered_at) WHERE state = 'DELIVERED';

      INSERT INTO webhook_endpoint (id, purpose, partner, url, secret, signature_header, keeps_history, created_at)
        SELECT gen_random_uuid(), 'recall', partner, url, secret, 'x-tallyhouse-signature', true, set_at
        FROM partner_webhook;
      ALTER TABLE recall_message ADD COLUMN delivery_id uuid REFERENCES webhook_delivery ON DELETE SET NULL;
      WITH made AS (
        INSERT INTO webhook_delivery
          (id, endpoint_id, content_type, body, state, created_at, attempts, due_at, delivered_at, last_error)
        SELECT md5(m.recall_id || m.partner)::uuid, e.id, 'application/json',
          CASE WHEN m.delivered_at IS NULL THEN convert_to(json_build_object('type', 'recall.opened', 'recallId', r.id,
            'opener', r.partner, 'partner', m.partner, 'items', (SELECT count(*) FROM recall_item i
              WHERE i.recall_id = r.id AND i.holder = m.partner), 'criteriaHash', r.criteria_hash, 'affectedRoot',
            r.affected_root)::text, 'UTF8') END,
          CASE WHEN m.delivered_at IS NOT NULL THEN 'DELIVERED' WHEN m.due_at IS NOT NULL THEN 'WAITING' ELSE 'DEAD' END,
          m.created_at, m.attempts, CASE WHEN m.delivered_at IS NULL THEN m.due_at END, m.delivered_at, m.last_error
        FROM recall_message m JOIN recall r ON r.id = m.recall_id
          JOIN webhook_endpoint e ON e.partner = m.partner AND e.purpose = 'recall'
        WHERE m.delivered_at IS NOT NULL OR m.due_at IS NOT NULL OR m.attempts > 0
        RETURNING id)
      UPDATE recall_message m SET delivery_id = made.id FROM made WHERE made.id = md5(m.recall_id || m.partner)::uuid;
      ALTER TABLE recall_message DROP COLUMN attempts, DROP COLUMN due_at, DROP COLUMN delivered_at,
        DROP COLUMN last_error;
      DROP TABLE partner_webhook;
    `);
  }

  public async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE partner_webhook (
        partner text PRIMARY KEY,
        url text NOT NULL,
        secret bytea NOT NULL CHECK (octet_length(secret) = 32),
        set_at timestamptz NOT NULL
      );
      INSERT INTO partner_webhook SELECT DISTINCT ON (partner) partner, url, secret, created_at FROM webhook_endpoint
        WHERE purpose = 'recall' AND octet_length(secret) = 32 ORDER BY partner, created_at;
      ALTER TABLE recall_message ADD COLUMN attempts integer NOT NULL DEFAULT 0, ADD COLUMN due_at timestamptz,
        ADD COLUMN delivered_at timestamptz, ADD COLUMN last_error text;
      UPDATE recall_message m SET attempts = d.attempts, due_at = d.due_at, delivered_at = d.delivered_at,
        last_error = d.last_error FROM webhook_delivery d WHERE d.id = m.delivery_id;
      CREATE INDEX recall_message_due ON recall_message (due_at) WHERE due_at IS NOT NULL;
      ALTER TABLE recall_message DROP COLUMN delivery_id;
      DROP TABLE webhook_delivery, webhook_endpoint;
    `);
  }
}
