import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Texts as they may be stored (normalised, personal data masked), what they name, and their way to the chain. */
export class CreateTexts1764000080000 implements MigrationInterface {
  public readonly name = 'CreateTexts1764000080000';

  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE EXTENSION IF NOT EXISTS pg_trgm;
      CREATE TABLE text (
        id uuid PRIMARY KEY,
        seq bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
        partner text NOT NULL,
        kind text NOT NULL CHECK (kind IN ('COMPLAINT', 'INCIDENT', 'INSPECTION', 'NOTE', 'RECALL')),
        source text NOT NULL CHECK (source IN ('API', 'EVENT', 'IMPORT')),
        reference text NOT NULL,
        title text NOT NULL,
        body text NOT NULL,
        language text NOT NULL,
        search_config regconfig NOT NULL,
        written_at timestamptz NOT NULL,
        record_time timestamptz NOT NULL,
        text_sha256 bytea NOT NULL CHECK (octet_length(text_sha256) = 32),
        record_sha256 bytea NOT NULL CHECK (octet_length(record_sha256) = 32),
        masked jsonb NOT NULL,
        duplicate_of uuid,
        bands integer[],
        signature bytea,
        analysed_at timestamptz,
        words tsvector NOT NULL GENERATED ALWAYS AS (
          setweight(to_tsvector(search_config, title), 'A') || setweight(to_tsvector(search_config, body), 'B')) STORED
      );
      CREATE INDEX text_written ON text (written_at, id);
      CREATE INDEX text_words ON text USING gin (words);
      CREATE INDEX text_bands ON text USING gin (bands);
      CREATE INDEX text_sha256 ON text (text_sha256);
      CREATE INDEX text_duplicate_of ON text (duplicate_of) WHERE duplicate_of IS NOT NULL;
      CREATE INDEX text_waiting ON text (seq) WHERE analysed_at IS NULL;
      CREATE TABLE text_entity (
        text_id uuid NOT NULL REFERENCES text ON DELETE CASCADE,
        ordinal integer NOT NULL,
        type text NOT NULL,
        field text NOT NULL CHECK (field IN ('TITLE', 'BODY')),
        start_at integer NOT NULL,
        end_at integer NOT NULL CHECK (end_at > start_at),
        surface text NOT NULL,
        value text NOT NULL,
        confidence real NOT NULL,
        uri text,
        uri_confidence real,
        PRIMARY KEY (text_id, ordinal)
      );
      CREATE INDEX text_entity_value ON text_entity (type, value);
      CREATE TABLE text_link (
        text_id uuid NOT NULL REFERENCES text ON DELETE CASCADE,
        role text NOT NULL CHECK (role IN ('DESTINATION', 'ITEM', 'PARTNER', 'PRODUCT', 'SITE')),
        uri text NOT NULL,
        origin text NOT NULL CHECK (origin IN ('ENTITY', 'GIVEN')),
        confidence real NOT NULL,
        PRIMARY KEY (text_id, role, uri)
      );
      CREATE INDEX text_link_uri ON text_link (uri, role);
      CREATE TABLE text_anchor_queue (
        seq bigint PRIMARY KEY,
        partner text NOT NULL,
        text_id uuid NOT NULL,
        queued_at timestamptz NOT NULL
      );
      CREATE INDEX text_anchor_queue_partner ON text_anchor_queue (partner, seq);
      CREATE TABLE text_leaf (
        batch_id bigint NOT NULL REFERENCES anchor_batch ON DELETE CASCADE,
        leaf_index integer NOT NULL,
        text_id uuid NOT NULL UNIQUE REFERENCES text ON DELETE CASCADE,
        leaf bytea NOT NULL CHECK (octet_length(leaf) = 32),
        PRIMARY KEY (batch_id, leaf_index)
      );
      CREATE TABLE text_harvest (batch_id bigint PRIMARY KEY REFERENCES anchor_batch ON DELETE CASCADE);
    `);
  }

  public async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE text_harvest, text_leaf, text_anchor_queue, text_link, text_entity, text');
  }
}
