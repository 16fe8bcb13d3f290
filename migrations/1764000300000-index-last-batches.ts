import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The last batch of a partner on chain is looked up before each is sealed. */
export class IndexLastBatches1764000300000 implements MigrationInterface {
  public readonly name = 'IndexLastBatches1764000300000';

  public async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX trace_anchored_seq ON trace_anchored (partner, seq)');
  }

  public async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX trace_anchored_seq');
  }
}
