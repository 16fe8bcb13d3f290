import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Identifiers of items are compared byte by byte, whatever the language of the database: so the index that finds one of
 * them also finds all that begin alike, as EPC patterns ask for.
 */
export class CompareItemsByBytes1764000170000 implements MigrationInterface {
  public readonly name = 'CompareItemsByBytes1764000170000';

  public async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE event_item ALTER COLUMN uri TYPE text COLLATE "C"');
  }

  public async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE event_item ALTER COLUMN uri TYPE text COLLATE "default"');
  }
}
