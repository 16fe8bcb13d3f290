import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Events that declare earlier ones wrong. What a declaration corrects is told by a view and not by a column, so that a
 * declaration that came before its event, or at the same moment, is linked as soon as both are there.
 */
export class CreateEventCorrection1764000005000 implements MigrationInterface {
  public readonly name = 'CreateEventCorrection1764000005000';

  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE event_correction (
        declaration_id uuid PRIMARY KEY,
        partner text NOT NULL,
        event_hash bytea NOT NULL CHECK (octet_length(event_hash) = 32),
        named_event_id text,
        reason text,
        declaration_time timestamptz NOT NULL,
        corrective_event_ids text[] NOT NULL,
        corrective_hashes text[] NOT NULL
      );
      CREATE INDEX event_correction_hash ON event_correction (partner, event_hash);
      CREATE INDEX event_correction_event_id ON event_correction (partner, named_event_id);
      CREATE VIEW event_declared_erroneous AS
        SELECT e.id AS event_id, c.*
        FROM epcis_event e JOIN event_correction c ON c.partner = e.partner AND c.event_hash = e.event_hash
          AND COALESCE(c.named_event_id = e.body ->> 'eventID', true)
        WHERE NOT EXISTS (SELECT FROM event_correction d WHERE d.declaration_id = e.id)
      UNION
        SELECT e.id AS event_id, c.*
        FROM epcis_event e JOIN event_correction c ON c.partner = e.partner
          AND c.named_event_id = e.body ->> 'eventID'
        WHERE NOT EXISTS (SELECT FROM event_correction d WHERE d.declaration_id = e.id);
    `);
  }

  public async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP VIEW event_declared_erroneous; DROP TABLE event_correction');
  }
}
