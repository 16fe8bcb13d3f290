import type { MigrationInterface, QueryRunner } from 'typeorm';
import { guarded, statementRules } from './access-rules.js';

/** What partners say of prices, promotions and other covariates of their products, with who said it and when; nothing is changed. */
export class KeepCovariates1764000340000 implements MigrationInterface {
  public readonly name = 'KeepCovariates1764000340000';

  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE covariate_statement (
        seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        partner text NOT NULL,
        name text NOT NULL CHECK (length(name) BETWEEN 1 AND 40),
        product text NOT NULL,
        site text,
        first_day date NOT NULL,
        last_day date NOT NULL CHECK (last_day >= first_day AND last_day - first_day < 3660),
        number double precision CHECK (abs(number) <= 1e12),
        word text CHECK (length(word) BETWEEN 1 AND 80),
        said_by text NOT NULL,
        said_at timestamptz NOT NULL,
        recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        CHECK (num_nonnulls(number, word) = 1)
      );
      COMMENT ON TABLE covariate_statement IS
        'What a partner says that a covariate of a product is or will be. Of what was said before a moment the latest counts.';
      COMMENT ON COLUMN covariate_statement.seq IS 'In the order of commits: whoever says anything holds a lock.';
      COMMENT ON COLUMN covariate_statement.site IS 'Null for all sites.';
      COMMENT ON COLUMN covariate_statement.said_at IS 'By the word of who said it; recorded_at is by the clock of the database.';
      CREATE INDEX covariate_statement_product ON covariate_statement (partner, product, name);
      CREATE FUNCTION refuse_covariate_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'what was said of covariates is never changed; say it anew'; END $$;
      CREATE TRIGGER covariate_statement_kept BEFORE UPDATE OR DELETE ON covariate_statement
        FOR EACH ROW EXECUTE FUNCTION refuse_covariate_change();`);
    for (const [table, rule] of Object.entries(statementRules)) await runner.query(guarded(table, rule));
  }

  public async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE covariate_statement; DROP FUNCTION refuse_covariate_change()');
  }
}
