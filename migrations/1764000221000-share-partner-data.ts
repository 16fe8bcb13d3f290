import type { MigrationInterface, QueryRunner } from 'typeorm';
import { VIEWER_FUNCTIONS, viewerFunctionNames } from './viewer-functions.js';

/**
 * What partners show: everything to everybody, or nothing but what they granted; and who read what by a grant. The functions
 * say what the viewer of a transaction, named by its settings, may see.
 */
export class SharePartnerData1764000221000 implements MigrationInterface {
  public readonly name = 'SharePartnerData1764000221000';

  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    for (const definition of VIEWER_FUNCTIONS) await runner.query(definition);
    await runner.query(SHARED_EVENT);
  }

  public async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP VIEW shared_event');
    for (const signature of viewerFunctionNames().toReversed())
      await runner.query(`DROP FUNCTION ${signature}`);
    await runner.query('DROP TABLE data_read, data_grant, partner_sharing');
  }
}

const TABLES = `
  CREATE TABLE partner_sharing (
    partner text PRIMARY KEY CHECK (partner = lower(partner)),
    sharing text NOT NULL CHECK (sharing IN ('OPEN', 'PRIVATE')),
    set_at timestamptz NOT NULL
  );
  COMMENT ON TABLE partner_sharing IS 'Partners that chose; for the others PARTNER_DATA of the installation holds.';
  CREATE TABLE data_grant (
    id uuid PRIMARY KEY,
    seq bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    owner text NOT NULL CHECK (owner = lower(owner)),
    grantee text NOT NULL CHECK (grantee ~ '^0x[0-9a-f]{40}$' AND grantee <> owner),
    kind text NOT NULL CHECK (kind IN ('EVERYTHING', 'EVENTS', 'ITEM', 'PRODUCT', 'SITE')),
    resource text COLLATE "C",
    event_from timestamptz,
    event_to timestamptz,
    fields text[] CHECK (cardinality(fields) > 0),
    follows_custody boolean NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz CHECK (expires_at > created_at),
    revoked_at timestamptz,
    CHECK ((kind IN ('EVERYTHING', 'EVENTS')) = (resource IS NULL)),
    CHECK (kind <> 'EVERYTHING' OR (fields IS NULL AND event_from IS NULL AND event_to IS NULL)),
    CHECK (NOT follows_custody OR kind = 'ITEM'),
    CHECK (event_to > event_from)
  );
  CREATE INDEX data_grant_grantee ON data_grant (grantee) WHERE revoked_at IS NULL;
  CREATE INDEX data_grant_custody ON data_grant (seq) WHERE revoked_at IS NULL AND follows_custody;
  CREATE INDEX data_grant_owner ON data_grant (owner, seq);
  CREATE TABLE data_read (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    read_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    grant_id uuid NOT NULL REFERENCES data_grant,
    owner text NOT NULL,
    reader text NOT NULL,
    operation text NOT NULL,
    row_count integer NOT NULL CHECK (row_count >= 0)
  );
  COMMENT ON COLUMN data_read.row_count IS 'Rows of the answer that name what was granted; 0: figures it may have gone into.';
  CREATE INDEX data_read_owner ON data_read (owner, id);`;

/**
 * Events of which certain fields alone were granted. It reads as its owner and not as its reader, so that the rest of an
 * event never reaches a statement of the api's role.
 */
const SHARED_EVENT = `
  CREATE VIEW shared_event WITH (security_barrier) AS
    SELECT g.id AS grant_id, g.owner, e.id AS event_id, (
      SELECT json_object_agg(field.key, field.value) FROM json_each(e.body) AS field
      WHERE field.key = 'type' OR field.key = ANY (g.fields)) AS body
    FROM granted_events(true) granted
    JOIN data_grant g ON g.id = granted.grant_id
    JOIN epcis_event e ON e.event_time = granted.event_time AND e.id = granted.event_id`;
