import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How far webhooks have been told of proposals. */
export class FollowNotices1764000192000 implements MigrationInterface {
  public readonly name = 'FollowNotices1764000192000';

  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE proposal_notice (
        chain_id integer PRIMARY KEY,
        block_number bigint NOT NULL,
        block_time timestamptz NOT NULL,
        rollback_seq bigint NOT NULL
      );
      COMMENT ON TABLE proposal_notice IS 'The last block of which webhooks for proposals have been told.';
    `);
  }

  public async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE proposal_notice');
  }
}
