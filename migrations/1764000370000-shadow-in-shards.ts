import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Candidates run in shards too, of the histories that the run of the version in force was made of, which stay until its next run. */
export class ShadowInShards1764000370000 implements MigrationInterface {
  public readonly name = 'ShadowInShards1764000370000';

  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE forecast_plan ADD COLUMN is_shadow boolean NOT NULL DEFAULT false, ADD COLUMN histories_of uuid,
        ADD CONSTRAINT forecast_plan_beside CHECK (is_shadow = (histories_of IS NOT NULL));
      COMMENT ON COLUMN forecast_plan.is_shadow IS 'By a candidate, beside the version in force.';
      COMMENT ON COLUMN forecast_plan.histories_of IS 'The run beside which it is made: shards without a history of their own have that of this one.';
      DROP INDEX forecast_plan_open;
      CREATE UNIQUE INDEX forecast_plan_open ON forecast_plan (version_id, frequency, is_shadow) WHERE finished_at IS NULL;
      ALTER TABLE forecast_shard_content ALTER COLUMN history DROP NOT NULL;
      COMMENT ON TABLE forecast_shard_content IS
        'What the workers hand each other while a run is made; no partner sees it. Histories stay until the next run, for candidates.';
    `);
  }

  public async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DELETE FROM forecast f USING forecast_plan p WHERE f.run_id = p.run_id AND p.is_shadow AND p.finished_at IS NULL;
      DELETE FROM forecast_plan WHERE is_shadow;
      DELETE FROM forecast_shard_content c USING forecast_plan p WHERE c.run_id = p.run_id AND p.finished_at IS NOT NULL;
      ALTER TABLE forecast_shard_content ALTER COLUMN history SET NOT NULL;
      COMMENT ON TABLE forecast_shard_content IS
        'What the workers hand each other while a run is made; no partner sees it, and it goes when the run is whole.';
      DROP INDEX forecast_plan_open;
      CREATE UNIQUE INDEX forecast_plan_open ON forecast_plan (version_id, frequency) WHERE finished_at IS NULL;
      ALTER TABLE forecast_plan DROP COLUMN histories_of, DROP COLUMN is_shadow`);
  }
}
