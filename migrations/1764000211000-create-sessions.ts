import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who signed in with a wallet. Secrets are kept as their SHA-256 alone. */
export class CreateSessions1764000211000 implements MigrationInterface {
  public readonly name = 'CreateSessions1764000211000';

  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE sign_in_nonce (
        nonce text PRIMARY KEY,
        expires_at timestamptz NOT NULL
      );
      CREATE INDEX sign_in_nonce_end ON sign_in_nonce (expires_at);
      CREATE TABLE session (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        address text NOT NULL CHECK (address = lower(address)),
        device text NOT NULL,
        created_at timestamptz NOT NULL,
        refreshed_at timestamptz NOT NULL,
        access_sha256 bytea NOT NULL UNIQUE,
        access_expires_at timestamptz NOT NULL,
        refresh_sha256 bytea NOT NULL UNIQUE,
        expires_at timestamptz NOT NULL,
        ends_at timestamptz NOT NULL,
        ended_at timestamptz,
        ended_by text CHECK (ended_by IN ('OWNER', 'REUSE'))
      );
      COMMENT ON COLUMN session.expires_at IS 'When the refresh token ends unless it is used.';
      COMMENT ON COLUMN session.ends_at IS 'When the session ends however often it is refreshed.';
      CREATE INDEX session_address ON session (address, created_at);
      CREATE INDEX session_end ON session (ends_at);
      CREATE TABLE spent_refresh (
        refresh_sha256 bytea PRIMARY KEY,
        session_id uuid NOT NULL REFERENCES session ON DELETE CASCADE
      );
      CREATE INDEX spent_refresh_session ON spent_refresh (session_id);
    `);
  }

  public async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE spent_refresh, session, sign_in_nonce');
  }
}
