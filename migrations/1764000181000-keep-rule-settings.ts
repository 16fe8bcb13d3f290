import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What every rule set that was taken up asked for, so that a finding can say by which threshold it was made. */
export class KeepRuleSettings1764000181000 implements MigrationInterface {
  public readonly name = 'KeepRuleSettings1764000181000';

  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE audit_rule_set (
        rule_set text PRIMARY KEY,
        taken_up_at timestamptz NOT NULL,
        learned_events integer NOT NULL,
        learned_until timestamptz
      );
      CREATE TABLE audit_rule_setting (
        rule_set text NOT NULL REFERENCES audit_rule_set ON DELETE CASCADE,
        rule text NOT NULL,
        severity text NOT NULL,
        parameters jsonb NOT NULL,
        PRIMARY KEY (rule, rule_set)
      );
    `);
  }

  public async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE audit_rule_setting, audit_rule_set');
  }
}
