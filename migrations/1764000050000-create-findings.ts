import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Findings of the audit with their history, what is still to be audited, and when time alone may change a verdict.
 * Every stored event enters the queue in the transaction that stores it, whoever stores it.
 */
export class CreateFindings1764000050000 implements MigrationInterface {
  public readonly name = 'CreateFindings1764000050000';

  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE site ADD COLUMN latitude double precision, ADD COLUMN longitude double precision;
      CREATE TABLE finding (
        id uuid PRIMARY KEY,
        rule text NOT NULL,
        subject text NOT NULL,
        violation_key text NOT NULL,
        happened_at timestamptz NOT NULL,
        UNIQUE (subject, rule, violation_key)
      );
      CREATE TABLE finding_change (
        seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        finding_id uuid NOT NULL REFERENCES finding ON DELETE CASCADE,
        kind text NOT NULL CHECK (kind IN ('RAISED', 'CHANGED', 'WITHDRAWN', 'REOPENED', 'JUDGED')),
        as_of_block numeric(20,0) NOT NULL,
        changed_at timestamptz NOT NULL,
        actor text,
        state text NOT NULL CHECK (state IN ('OPEN', 'IN_REVIEW', 'RESOLVED', 'DISMISSED', 'WITHDRAWN')),
        severity text NOT NULL CHECK (severity IN ('CRITICAL', 'HIGH', 'MEDIUM', 'LOW')),
        evidence uuid[] NOT NULL,
        explanation text NOT NULL,
        rule_set text NOT NULL,
        assignee text,
        comment text,
        resolution text
      );
      CREATE INDEX finding_change_finding ON finding_change (finding_id, seq DESC);
      CREATE INDEX finding_change_evidence ON finding_change USING gin (evidence);
      CREATE TABLE audit_queue (
        seq bigint PRIMARY KEY,
        event_id uuid NOT NULL,
        event_time timestamptz NOT NULL
      );
      CREATE TABLE audit_due (
        subject text PRIMARY KEY,
        due_at timestamptz NOT NULL
      );
      CREATE INDEX audit_due_at ON audit_due (due_at);
      CREATE TABLE audit_progress (
        single boolean PRIMARY KEY DEFAULT true CHECK (single),
        rule_set text NOT NULL
      );
      CREATE FUNCTION queue_for_audit() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          INSERT INTO audit_queue SELECT seq, id, event_time FROM stored ON CONFLICT DO NOTHING;
          RETURN NULL;
        END
      $$;
      CREATE TRIGGER epcis_event_audit AFTER INSERT ON epcis_event REFERENCING NEW TABLE AS stored
        FOR EACH STATEMENT EXECUTE FUNCTION queue_for_audit();
      INSERT INTO audit_queue SELECT seq, id, event_time FROM epcis_event;
    `);
  }

  public async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER epcis_event_audit ON epcis_event;
      DROP FUNCTION queue_for_audit;
      DROP TABLE audit_progress, audit_due, audit_queue, finding_change, finding;
      ALTER TABLE site DROP COLUMN latitude, DROP COLUMN longitude;
    `);
  }
}
