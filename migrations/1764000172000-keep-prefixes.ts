import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the prefixes of a captured document mean, so that fields are found by their namespace whatever its prefix. */
export class KeepPrefixes1764000172000 implements MigrationInterface {
  public readonly name = 'KeepPrefixes1764000172000';

  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE capture_prefix (
        capture_job uuid NOT NULL,
        prefix text NOT NULL,
        namespace text NOT NULL,
        PRIMARY KEY (capture_job, prefix)
      );
      INSERT INTO capture_prefix
        SELECT DISTINCT ON (job, prefix) job, prefix, namespace FROM (
          SELECT j.id AS job, declared.key AS prefix, coalesce(declared.value ->> '@id', declared.value #>> '{}') AS namespace
          FROM capture_job j
            CROSS JOIN LATERAL jsonb_path_query(j.context::jsonb, '$[*] ? (@.type() == "object")') AS entry
            CROSS JOIN LATERAL jsonb_each(entry) AS declared
          WHERE declared.key NOT LIKE '@%' AND jsonb_typeof(declared.value) IN ('string', 'object')) AS said
        WHERE namespace LIKE '%:%' AND namespace NOT LIKE '{%';
    `);
  }

  public async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE capture_prefix');
  }
}
