import type { MigrationInterface, QueryRunner } from 'typeorm';

const ALL_SCOPES = `'{capture,query,subscribe,profile,judge,recall,keys}'::text[]`;

/** Keys may do some things, for some time. One that is there may do everything, for ever, as before. */
export class ScopePartnerKeys1764000210000 implements MigrationInterface {
  public readonly name = 'ScopePartnerKeys1764000210000';

  public async up(runner: QueryRunner): Promise<void> {
    // The default of scopes is for processes of the release before, which may still add keys during an upgrade.
    await runner.query(`
      ALTER TABLE partner_key
        ADD COLUMN id uuid NOT NULL DEFAULT gen_random_uuid() UNIQUE,
        ADD COLUMN prefix text,
        ADD COLUMN scopes text[] NOT NULL DEFAULT ${ALL_SCOPES} CHECK (cardinality(scopes) > 0),
        ADD COLUMN expires_at timestamptz,
        ADD COLUMN last_used_at timestamptz,
        ADD COLUMN revoked_at timestamptz,
        ADD COLUMN replaced_by uuid REFERENCES partner_key (id) ON DELETE SET NULL;
      COMMENT ON COLUMN partner_key.prefix IS 'First signs of the key; null for one made before they were kept.';
      COMMENT ON COLUMN partner_key.last_used_at IS 'To the minute.';
      CREATE INDEX partner_key_partner ON partner_key (partner, created_at);
    `);
  }

  /** What is left without these columns is in force for everything and for ever, so every key with a limit goes. */
  public async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DELETE FROM partner_key
        WHERE revoked_at IS NOT NULL OR expires_at IS NOT NULL OR NOT scopes @> ${ALL_SCOPES};
      DROP INDEX partner_key_partner;
      ALTER TABLE partner_key DROP COLUMN replaced_by, DROP COLUMN revoked_at, DROP COLUMN last_used_at,
        DROP COLUMN expires_at, DROP COLUMN scopes, DROP COLUMN prefix, DROP COLUMN id;
    `);
  }
}
