import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Labels of texts, each bound to the hash of the text and the model version; corrections by people. Never changed. */
export class CreateTextLabels1764000070000 implements MigrationInterface {
  public readonly name = 'CreateTextLabels1764000070000';

  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE text_label (
        text_sha256 bytea NOT NULL CHECK (octet_length(text_sha256) = 32),
        version_id text NOT NULL,
        artifact_sha256 text NOT NULL,
        proposal_id text,
        answer text NOT NULL CHECK (answer IN ('LABELLED', 'UNSURE', 'OUT_OF_DOMAIN')),
        labels text[] NOT NULL,
        probabilities jsonb NOT NULL,
        familiarity double precision NOT NULL,
        labelled_at timestamptz NOT NULL,
        PRIMARY KEY (text_sha256, version_id)
      );
      CREATE INDEX text_label_version ON text_label (version_id);
      CREATE INDEX text_label_labels ON text_label USING gin (labels);
      CREATE TABLE text_label_correction (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        text_sha256 bytea NOT NULL CHECK (octet_length(text_sha256) = 32),
        labels text[] NOT NULL,
        corrected_by text NOT NULL,
        reason text NOT NULL,
        corrected_at timestamptz NOT NULL
      );
      CREATE INDEX text_label_correction_text ON text_label_correction (text_sha256, id);
      CREATE FUNCTION refuse_label_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION '% is append-only: add a correction instead', TG_TABLE_NAME; END $$;
      CREATE TRIGGER text_label_append_only BEFORE UPDATE OR DELETE ON text_label
        FOR EACH ROW EXECUTE FUNCTION refuse_label_change();
      CREATE TRIGGER text_label_correction_append_only BEFORE UPDATE OR DELETE ON text_label_correction
        FOR EACH ROW EXECUTE FUNCTION refuse_label_change();
    `);
  }

  public async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE text_label_correction, text_label; DROP FUNCTION refuse_label_change');
  }
}
