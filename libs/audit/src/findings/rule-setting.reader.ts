import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Parameters, RuleId, Severity } from '../engine/rule.js';

/** What a rule was set to in a version of the rule set, and the vote that decided it. */
export interface RuleSettingRow {
  readonly rule: RuleId;
  /** SHA-256 of the rule set. */
  readonly ruleSet: string;
  readonly severity: Severity;
  /** Thresholds by name, in the units that the names say. */
  readonly parameters: Parameters;
  /** When workers first judged by it. */
  readonly takenUpAt: Date;
  /** Events of history that what it has learned rests on; zero when it has learned nothing. */
  readonly learnedEvents: number;
  readonly learnedUntil: Date | null;
  readonly versionId: string | null;
  /** The proposal that activated it; null for the rule set that a Tallyhouse begins with. */
  readonly proposalId: string | null;
}

/** Reads by which thresholds findings were made. */
@Injectable()
export class RuleSettingReader {
  public constructor(private readonly dataSource: DataSource) {}

  /** The setting of each rule in each rule set asked for; none of a rule set that was taken up before settings were kept. */
  public async of(
    keys: readonly { readonly rule: string; readonly ruleSet: string }[],
  ): Promise<RuleSettingRow[]> {
    return this.dataSource.query(
      `${SETTINGS} JOIN unnest($1::text[], $2::text[]) AS w (rule, rule_set)
         ON w.rule = s.rule AND w.rule_set = s.rule_set`,
      [keys.map(({ rule }) => rule), keys.map(({ ruleSet }) => ruleSet)],
    );
  }

  /** Every setting that a rule ever had, newest first, at most 100. */
  public async historyOf(rule: string): Promise<RuleSettingRow[]> {
    return this.dataSource.query(
      `${SETTINGS} WHERE s.rule = $1 ORDER BY r.taken_up_at DESC, s.rule_set LIMIT 100`,
      [rule],
    );
  }
}

const SETTINGS = `
  SELECT s.rule, s.rule_set AS "ruleSet", s.severity, s.parameters, r.taken_up_at AS "takenUpAt",
    r.learned_events AS "learnedEvents", r.learned_until AS "learnedUntil", v.version_id AS "versionId",
    a.proposal_id::text AS "proposalId"
  FROM audit_rule_setting s JOIN audit_rule_set r ON r.rule_set = s.rule_set
  LEFT JOIN LATERAL (SELECT version_id FROM model_version_current v WHERE v.artifact_sha256 = s.rule_set
    ORDER BY v.version_id LIMIT 1) v ON true
  LEFT JOIN LATERAL (SELECT proposal_id FROM model_activation a WHERE a.version_id = v.version_id
    ORDER BY a.block_number, a.log_index LIMIT 1) a ON true`;
