import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Runs in shards know covariates: a plan keeps what of them it was told, and a shard those of its sums, which need parts of other shards. */
export class TellShardsCovariates1764000355000 implements MigrationInterface {
  public readonly name = 'TellShardsCovariates1764000355000';

  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE forecast_plan ADD COLUMN values_sha256 text, ADD COLUMN covariates jsonb, ADD COLUMN statement_seq bigint,
        ADD COLUMN told_until timestamptz,
        ADD CONSTRAINT forecast_plan_told CHECK (num_nulls(covariates, statement_seq, told_until) IN (0, 3));
      COMMENT ON COLUMN forecast_plan.covariates IS 'What the model takes of covariates; null where it takes none.';
      COMMENT ON COLUMN forecast_plan.statement_seq IS 'The last statement that there was: later ones are not read by any shard.';
      COMMENT ON COLUMN forecast_plan.told_until IS 'Of those, what was said by then is known.';
      CREATE TABLE forecast_shard_told (
        run_id uuid NOT NULL,
        number integer NOT NULL,
        moment integer NOT NULL,
        content bytea NOT NULL,
        PRIMARY KEY (run_id, number, moment),
        FOREIGN KEY (run_id, number) REFERENCES forecast_shard ON DELETE CASCADE
      );
      ALTER TABLE forecast_shard_told ALTER COLUMN content SET STORAGE EXTERNAL;
      COMMENT ON TABLE forecast_shard_told IS
        'Covariates of the sums in a shard as they were known at one moment; no partner sees it, and it goes when the shard is forecast.';
      CREATE INDEX covariate_statement_said ON covariate_statement (said_at);
    `);
  }

  public async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX covariate_statement_said;
      DROP TABLE forecast_shard_told;
      ALTER TABLE forecast_plan DROP COLUMN values_sha256, DROP COLUMN covariates, DROP COLUMN statement_seq, DROP COLUMN told_until`);
  }
}
