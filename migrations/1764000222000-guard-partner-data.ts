import type { MigrationInterface, QueryRunner } from 'typeorm';
import { accessRules, chainBooks, guarded, laterRules, publicTables, writerGrants } from './access-rules.js';

/**
 * Roles that the api takes for each transaction, and what they may see. None may log in, owns anything or passes by row-level
 * security; what was not decided for them is closed. Roles are of the whole server, so they stay when a database goes down.
 */
export class GuardPartnerData1764000222000 implements MigrationInterface {
  public readonly name = 'GuardPartnerData1764000222000';

  public async up(runner: QueryRunner): Promise<void> {
    for (const role of ROLES) await runner.query(roleOf(role));
    await runner.query(`GRANT USAGE ON SCHEMA home_chain TO ${ROLES.join(', ')}`);
    await runner.query(SHOW_AT_HOME);
    await runner.query(INVOKER_VIEWS);
    await runner.query(CHAIN_FACTS);
    for (const table of publicTables) await runner.query(readable(table));
    for (const [table, rule] of Object.entries(accessRules)) await runner.query(guarded(table, rule));
    for (const [table, rule] of Object.entries(laterRules))
      if (await runner.hasTable(table)) await runner.query(guarded(table, rule));
    for (const [table, verbs] of Object.entries(writerGrants)) await runner.query(writable(table, verbs));
    await runner.query(KEEPER);
    await runner.query(TRIGGERS('SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp'));
  }

  public async down(runner: QueryRunner): Promise<void> {
    await runner.query(TRIGGERS('SECURITY INVOKER RESET search_path'));
    await runner.query('DROP POLICY kept ON anchor_leaf; DROP POLICY kept ON text_leaf');
    for (const [table, { write }] of Object.entries(accessRules)) {
      await runner.query(`DROP POLICY seen ON ${table}; ALTER TABLE ${table} DISABLE ROW LEVEL SECURITY`);
      if (write !== undefined) await runner.query(`DROP POLICY written ON ${table}`);
    }
    await runner.query('DROP POLICY told ON webhook_delivery');
    await runner.query(`
      DO $$ DECLARE one regclass; BEGIN
        FOR one IN SELECT oid FROM pg_class WHERE relkind = 'v'
          AND relnamespace IN ('public'::regnamespace, 'home_chain'::regnamespace) AND relname <> 'shared_event'
        LOOP EXECUTE format('ALTER VIEW %s RESET (security_invoker)', one); END LOOP;
      END $$`);
    await runner.query(SHOW_AT_HOME_BEFORE);
    for (const schema of ['public', 'home_chain'])
      await runner.query(`REVOKE ALL ON ALL TABLES IN SCHEMA ${schema} FROM ${ROLES.join(', ')}`);
    await runner.query(`REVOKE USAGE ON SCHEMA home_chain FROM ${ROLES.join(', ')}`);
  }
}

const VIEWERS = 'tallyhouse_reader, tallyhouse_writer';
const ROLES = ['tallyhouse_reader', 'tallyhouse_writer', 'tallyhouse_keeper'] as const;

/** Another database of the server may make the role at the same moment; who may take it already is granted nothing. */
function roleOf(role: string): string {
  return `
    DO $$ BEGIN
      IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${role}') THEN
        CREATE ROLE ${role} NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT NOREPLICATION NOBYPASSRLS;
      END IF;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
    END $$;
    DO $$ BEGIN
      IF NOT pg_has_role(current_user, '${role}', 'SET') THEN GRANT ${role} TO CURRENT_USER; END IF;
    END $$;`;
}

/** Some come with a later migration, which may have run before this one did. */
function readable(table: string): string {
  return `DO $$ BEGIN
    IF to_regclass('public.${table}') IS NOT NULL THEN GRANT SELECT ON ${table} TO ${VIEWERS}; END IF;
  END $$`;
}

function writable(table: string, verbs: string): string {
  return `
    GRANT ${verbs} ON ${table} TO tallyhouse_writer;
    DO $$ BEGIN
      IF to_regclass('home_chain.${table}') IS NOT NULL THEN
        GRANT ${verbs} ON home_chain.${table} TO tallyhouse_writer;
      END IF;
    END $$;`;
}

/** Later tables of chain facts are public by being shown at home. */
const SHOW_AT_HOME = `
  CREATE OR REPLACE FUNCTION show_at_home(relation text) RETURNS void LANGUAGE plpgsql AS $$
  BEGIN
    EXECUTE format(
      'CREATE OR REPLACE VIEW home_chain.%1$I WITH (security_invoker) AS SELECT * FROM public.%1$I
       WHERE chain_id = current_setting(''tallyhouse.home_chain'')::integer', relation);
    EXECUTE format('GRANT SELECT ON public.%1$I, home_chain.%1$I TO ${ROLES.join(', ')}', relation);
  END $$`;

const SHOW_AT_HOME_BEFORE = `
  CREATE OR REPLACE FUNCTION show_at_home(relation text) RETURNS void LANGUAGE plpgsql AS $$
  BEGIN
    EXECUTE format(
      'CREATE OR REPLACE VIEW home_chain.%1$I AS SELECT * FROM public.%1$I
       WHERE chain_id = current_setting(''tallyhouse.home_chain'')::integer', relation);
  END $$`;

/** A view reads as its reader, or it would be a way round. */
const INVOKER_VIEWS = `
  DO $$ DECLARE one regclass; BEGIN
    FOR one IN SELECT oid FROM pg_class WHERE relkind = 'v'
      AND relnamespace IN ('public'::regnamespace, 'home_chain'::regnamespace) AND relname <> 'shared_event'
    LOOP
      EXECUTE format('ALTER VIEW %s SET (security_invoker = true)', one);
      EXECUTE format('GRANT SELECT ON %s TO ${VIEWERS}', one);
    END LOOP;
    GRANT SELECT ON shared_event TO ${VIEWERS};
  END $$`;

const CHAIN_FACTS = `
  DO $$ DECLARE one text; BEGIN
    FOR one IN SELECT table_name FROM information_schema.columns
      WHERE table_schema = 'public' AND column_name = 'chain_id'
        AND table_name NOT IN (${chainBooks.map((table) => `'${table}'`).join(', ')})
    LOOP EXECUTE format('GRANT SELECT ON public.%1$I, home_chain.%1$I TO ${ROLES.join(', ')}', one); END LOOP;
  END $$`;

/** What a process of the api has to know that no request may see: keys, sessions, and of what trees and searches are made. */
const KEEPER = `
  GRANT SELECT, INSERT, UPDATE ON partner_key TO tallyhouse_keeper;
  GRANT SELECT, INSERT, UPDATE, DELETE ON session, spent_refresh, sign_in_nonce TO tallyhouse_keeper;
  DO $$ BEGIN
    IF to_regclass('public.passkey') IS NOT NULL THEN
      GRANT SELECT, INSERT, UPDATE, DELETE ON passkey, passkey_challenge TO tallyhouse_keeper;
    END IF;
  END $$;
  GRANT SELECT ON text_vector, anchor_leaf, text_leaf TO tallyhouse_keeper;
  CREATE POLICY kept ON anchor_leaf FOR SELECT TO tallyhouse_keeper USING (true);
  CREATE POLICY kept ON text_leaf FOR SELECT TO tallyhouse_keeper USING (true);
  CREATE POLICY told ON webhook_delivery FOR INSERT TO tallyhouse_writer
    WITH CHECK (endpoint_id IN (SELECT id FROM recall_endpoints()));`;

/** Queues that a capture fills by a trigger stay out of the writer's reach. */
const TRIGGERS = (as: string): string => `ALTER FUNCTION queue_for_audit() ${as}`;
