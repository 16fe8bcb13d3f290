import type { EntityManager } from 'typeorm';
import type { RuleSet } from '../engine/rule-set.js';

/** Notes what a rule set asks for when it is taken up; the first time counts. */
export async function keepRuleSet(manager: EntityManager, ruleSet: RuleSet, now: Date): Promise<void> {
  const { version, learned } = ruleSet;
  const kept: unknown[] = await manager.query(
    `INSERT INTO audit_rule_set (rule_set, taken_up_at, learned_events, learned_until) VALUES ($1, $2, $3, $4)
     ON CONFLICT DO NOTHING RETURNING rule_set`,
    [version, now, learned.events, learned.until],
  );
  if (kept.length === 0) return;
  for (const { rule, severity, parameters } of ruleSet.rules)
    await manager.query(
      'INSERT INTO audit_rule_setting (rule_set, rule, severity, parameters) VALUES ($1, $2, $3, $4)',
      [version, rule.id, severity, JSON.stringify(parameters)],
    );
}
