import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A schema that shows one chain. A connection that names a chain (`homeChain` of libs/database) finds under the names of
 * tables and views of chain facts those of this chain alone, so no reader has to think of the others.
 */
export class ShowHomeChain1764000200000 implements MigrationInterface {
  public readonly name = 'ShowHomeChain1764000200000';

  public async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE SCHEMA home_chain');
    await runner.query(SHOW_AT_HOME);
    await runner.query(`SELECT show_at_home(table_name) FROM information_schema.columns
      WHERE table_schema = 'public' AND column_name = 'chain_id'`);
  }

  public async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION show_at_home(text)');
    await runner.query('DROP SCHEMA home_chain CASCADE');
  }
}

/** For later migrations too: `SELECT show_at_home('pledged')`, once it has its columns. */
const SHOW_AT_HOME = `
  CREATE FUNCTION show_at_home(relation text) RETURNS void LANGUAGE plpgsql AS $$
  BEGIN
    EXECUTE format(
      'CREATE OR REPLACE VIEW home_chain.%1$I AS SELECT * FROM public.%1$I
       WHERE chain_id = current_setting(''tallyhouse.home_chain'')::integer', relation);
  END $$`;
