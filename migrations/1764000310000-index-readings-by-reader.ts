import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An owner looks at what one reader read, newest first, however many others did. */
export class IndexReadingsByReader1764000310000 implements MigrationInterface {
  public readonly name = 'IndexReadingsByReader1764000310000';

  public async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX data_read_reader ON data_read (owner, reader, id)');
  }

  public async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX data_read_reader');
  }
}
