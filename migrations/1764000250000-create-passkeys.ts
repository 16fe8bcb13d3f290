import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A second way to sign in to an account: passkeys, the challenges they sign, and how each session began. */
export class CreatePasskeys1764000250000 implements MigrationInterface {
  public readonly name = 'CreatePasskeys1764000250000';

  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE passkey (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        address text NOT NULL CHECK (address = lower(address)),
        credential_id text NOT NULL UNIQUE,
        public_key bytea NOT NULL,
        rp_id text NOT NULL,
        counter bigint NOT NULL CHECK (counter >= 0),
        transports text[] NOT NULL,
        device_type text NOT NULL CHECK (device_type IN ('singleDevice', 'multiDevice')),
        is_backed_up boolean NOT NULL,
        name text NOT NULL,
        created_at timestamptz NOT NULL,
        last_used_at timestamptz,
        copied_at timestamptz
      );
      COMMENT ON COLUMN passkey.copied_at IS
        'When its counter went back, as only that of a copy does; it opens nothing from then on.';
      CREATE INDEX passkey_address ON passkey (address, created_at);
      CREATE TABLE passkey_challenge (
        challenge text PRIMARY KEY,
        origin text NOT NULL,
        address text CHECK (address = lower(address)),
        expires_at timestamptz NOT NULL
      );
      COMMENT ON COLUMN passkey_challenge.address IS 'Who adds a passkey with it; null for signing in.';
      CREATE INDEX passkey_challenge_end ON passkey_challenge (expires_at);
      GRANT SELECT, INSERT, UPDATE, DELETE ON passkey, passkey_challenge TO tallyhouse_keeper;
      ALTER TABLE session ADD COLUMN passkey_id uuid;
      COMMENT ON COLUMN session.passkey_id IS 'The passkey that it began with; null when a wallet signed.';
    `);
  }

  public async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE session DROP COLUMN passkey_id;
      DROP TABLE passkey_challenge, passkey;
    `);
  }
}
