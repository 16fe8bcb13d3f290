import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What events of a partner must be beyond the standard: profiles, version by version, and company prefixes. */
export class CreatePartnerProfile1764000010000 implements MigrationInterface {
  public readonly name = 'CreatePartnerProfile1764000010000';

  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE partner_profile (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        partner text,
        name text NOT NULL,
        version integer NOT NULL CHECK (version > 0),
        biz_steps text[] NOT NULL,
        schema json NOT NULL,
        set_by text NOT NULL CHECK (set_by IN ('OPERATOR', 'PARTNER')),
        created_at timestamptz NOT NULL,
        retired_at timestamptz,
        UNIQUE NULLS NOT DISTINCT (partner, name, version)
      );
      COMMENT ON COLUMN partner_profile.partner IS 'null: every partner';
      CREATE UNIQUE INDEX partner_profile_in_force ON partner_profile (partner, name) NULLS NOT DISTINCT
        WHERE retired_at IS NULL;
      CREATE TABLE capture_job_profile (
        job_id uuid NOT NULL REFERENCES capture_job ON DELETE CASCADE,
        profile_id bigint NOT NULL REFERENCES partner_profile,
        PRIMARY KEY (job_id, profile_id)
      );
      CREATE TABLE partner_prefix (
        partner text NOT NULL,
        prefix text NOT NULL CHECK (prefix ~ '^[0-9]{4,12}$'),
        created_at timestamptz NOT NULL,
        PRIMARY KEY (partner, prefix)
      );
    `);
  }

  public async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE partner_prefix, capture_job_profile, partner_profile');
  }
}
