import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Topics that texts speak of, found again from time to time, and how often each is spoken of by week and place. */
export class CreateTextTopics1764000082000 implements MigrationInterface {
  public readonly name = 'CreateTextTopics1764000082000';

  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE text_topic_run (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        encoder text NOT NULL,
        seed integer NOT NULL,
        texts integer NOT NULL,
        made_at timestamptz NOT NULL
      );
      CREATE TABLE text_topic (
        run_id bigint NOT NULL REFERENCES text_topic_run ON DELETE CASCADE,
        number integer NOT NULL,
        name text NOT NULL,
        terms text[] NOT NULL,
        centroid bytea NOT NULL,
        PRIMARY KEY (run_id, number)
      );
      CREATE TABLE text_topic_member (
        run_id bigint NOT NULL,
        text_id uuid NOT NULL REFERENCES text ON DELETE CASCADE,
        number integer NOT NULL,
        similarity real NOT NULL,
        PRIMARY KEY (run_id, text_id),
        FOREIGN KEY (run_id, number) REFERENCES text_topic ON DELETE CASCADE
      );
      CREATE INDEX text_topic_member_number ON text_topic_member (run_id, number);
      CREATE VIEW text_covariate AS
        SELECT m.number AS topic, l.role, l.uri,
          date_trunc('week', t.written_at AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' AS period_start, count(*)::integer AS texts
        FROM text_topic_member m
        JOIN text t ON t.id = m.text_id
        JOIN text_link l ON l.text_id = t.id
        WHERE m.run_id = (SELECT max(id) FROM text_topic_run)
        GROUP BY 1, 2, 3, 4;
    `);
  }

  public async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP VIEW text_covariate; DROP TABLE text_topic_member, text_topic, text_topic_run');
  }
}
