import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Where in which trace a capture, a batch and a forecast run were made, so that what other processes make of them later
 * joins the same trace. Null where nothing was traced.
 */
export class KeepTraces1764000240000 implements MigrationInterface {
  public readonly name = 'KeepTraces1764000240000';

  public async up(runner: QueryRunner): Promise<void> {
    for (const table of TRACED)
      await runner.query(
        `ALTER TABLE ${table} ADD COLUMN traceparent text CHECK (traceparent ~ '^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$')`,
      );
  }

  public async down(runner: QueryRunner): Promise<void> {
    for (const table of TRACED) await runner.query(`ALTER TABLE ${table} DROP COLUMN traceparent`);
  }
}

const TRACED = ['capture_job', 'anchor_batch', 'forecast_run'] as const;
