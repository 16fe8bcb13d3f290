import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Documents byte for byte as they were received, packed in pieces; one that is sent again is kept once. */
export class KeepDocument1764000092000 implements MigrationInterface {
  public readonly name = 'KeepDocument1764000092000';

  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE capture_document (
        id uuid PRIMARY KEY,
        partner text NOT NULL,
        sha256 bytea NOT NULL CHECK (octet_length(sha256) = 32),
        bytes bigint NOT NULL,
        UNIQUE (partner, sha256)
      );
      CREATE TABLE capture_document_piece (
        document_id uuid NOT NULL REFERENCES capture_document ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
        ordinal integer NOT NULL,
        packed bytea NOT NULL,
        PRIMARY KEY (document_id, ordinal)
      );
      ALTER TABLE capture_document_piece ALTER COLUMN packed SET STORAGE EXTERNAL;
      COMMENT ON COLUMN capture_document_piece.packed IS 'A gzip member; all of them one after the other are the document, packed.';
      ALTER TABLE capture_job ADD COLUMN document_id uuid REFERENCES capture_document ON DELETE SET NULL,
        ADD COLUMN document_type text;
      CREATE INDEX capture_job_document ON capture_job (document_id) WHERE document_id IS NOT NULL;
    `);
  }

  public async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE capture_job DROP COLUMN document_id, DROP COLUMN document_type;
      DROP TABLE capture_document_piece, capture_document;
    `);
  }
}
