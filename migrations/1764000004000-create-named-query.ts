import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Queries that partners keep under a name (EPCIS 2.0 §8.2). */
export class CreateNamedQuery1764000004000 implements MigrationInterface {
  public readonly name = 'CreateNamedQuery1764000004000';

  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE named_query (
        name text PRIMARY KEY,
        partner text NOT NULL,
        query json NOT NULL,
        created_at timestamptz NOT NULL
      );
      CREATE INDEX named_query_partner ON named_query (partner);
    `);
  }

  public async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE named_query');
  }
}
