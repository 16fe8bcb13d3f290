import type { MigrationInterface, QueryRunner } from 'typeorm';

const CUSTODY_FACTS = ['offered', 'accepted', 'rejected', 'withdrawn', 'released'] as const;

/**
 * Units whose custody changed on chain wait to be judged again, a reorganisation included; and findings of one cause keep
 * their members, so that they are one finding with a count.
 */
export class AuditCustodyAndCauses1764000130000 implements MigrationInterface {
  public readonly name = 'AuditCustodyAndCauses1764000130000';

  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE audit_unit_queue (
        seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        unit text NOT NULL
      );
      CREATE FUNCTION queue_unit_for_audit() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          INSERT INTO audit_unit_queue (unit) SELECT DISTINCT unit FROM changed;
          RETURN NULL;
        END
      $$;
      CREATE FUNCTION queue_named_unit_for_audit() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          INSERT INTO audit_unit_queue (unit)
            SELECT n.unit FROM changed n WHERE EXISTS (SELECT FROM custody_offered o WHERE o.unit = n.unit);
          RETURN NULL;
        END
      $$;
      CREATE TRIGGER logistic_unit_audit AFTER INSERT ON logistic_unit REFERENCING NEW TABLE AS changed
        FOR EACH STATEMENT EXECUTE FUNCTION queue_named_unit_for_audit();
      INSERT INTO audit_unit_queue (unit) SELECT DISTINCT unit FROM custody_offered;
      CREATE TABLE finding_member (
        rule text NOT NULL,
        subject text NOT NULL,
        cause text NOT NULL,
        violation_key text NOT NULL,
        many text NOT NULL,
        happened_at timestamptz NOT NULL,
        evidence uuid[] NOT NULL,
        explanation text NOT NULL,
        PRIMARY KEY (subject, rule, cause, violation_key)
      );
      CREATE INDEX finding_member_cause ON finding_member (cause);
    `);
    for (const fact of CUSTODY_FACTS)
      await runner.query(`
        CREATE TRIGGER custody_${fact}_audit AFTER INSERT ON custody_${fact} REFERENCING NEW TABLE AS changed
          FOR EACH STATEMENT EXECUTE FUNCTION queue_unit_for_audit();
        CREATE TRIGGER custody_${fact}_audit_undone AFTER DELETE ON custody_${fact} REFERENCING OLD TABLE AS changed
          FOR EACH STATEMENT EXECUTE FUNCTION queue_unit_for_audit();`);
  }

  public async down(runner: QueryRunner): Promise<void> {
    for (const fact of CUSTODY_FACTS)
      await runner.query(
        `DROP TRIGGER custody_${fact}_audit ON custody_${fact}; DROP TRIGGER custody_${fact}_audit_undone ON custody_${fact}`,
      );
    await runner.query(`
      DROP TRIGGER logistic_unit_audit ON logistic_unit;
      DROP FUNCTION queue_named_unit_for_audit, queue_unit_for_audit;
      DROP TABLE finding_member, audit_unit_queue;
    `);
  }
}
