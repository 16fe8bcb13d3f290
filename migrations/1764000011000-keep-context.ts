import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The `@context` of a captured document, without which the prefixes of its events mean nothing. */
export class KeepContext1764000011000 implements MigrationInterface {
  public readonly name = 'KeepContext1764000011000';

  public async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE capture_job ADD COLUMN context json');
  }

  public async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE capture_job DROP COLUMN context');
  }
}
