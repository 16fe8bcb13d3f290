import { RULE_IDS, type RuleId, type RuleSet, type RuleSetting } from '@tallyhouse/audit';
import { CliError } from '../cli.errors.js';

/** A parameter of a rule and what it is to be. */
export interface ParameterChange {
  readonly rule: RuleId;
  readonly name: string;
  readonly value: number;
}

const CHANGE = /^(R\d{1,2})\.([a-zA-Z]+)=(-?\d+(?:\.\d+)?)$/;

/**
 * Reads a change as it is typed.
 *
 * @example parameterChange('R7.toleranceMinutes=10') // { rule: 'R7', name: 'toleranceMinutes', value: 10 }
 */
export function parameterChange(text: string): ParameterChange {
  const [, rule, name, value] = CHANGE.exec(text) ?? [];
  const id = RULE_IDS.find((one) => one === rule);
  if (!id || name === undefined || value === undefined)
    throw new CliError(`${text}: no change of a parameter`, 'write it as R7.toleranceMinutes=10');
  return { rule: id, name, value: Number(value) };
}

/** The rule set with changed parameters; what was learned stays. */
export function withParameters(ruleSet: RuleSet, changes: readonly ParameterChange[]): RuleSet {
  const rules = ruleSet.rules.map((setting) => changed(setting, changes));
  for (const { rule, name } of changes) {
    const known = rules.find((setting) => setting.rule.id === rule);
    if (!known)
      throw new CliError(`${rule}: the running rule set has no such rule`, 'see ./tallyhouse audit list');
    if (!(name in known.parameters))
      throw new CliError(
        `${rule}.${name}: no such parameter`,
        `it has ${Object.keys(known.rule.parameters).join(', ') || 'none'}`,
      );
  }
  return ruleSet.withRules(rules);
}

function changed(setting: RuleSetting, changes: readonly ParameterChange[]): RuleSetting {
  const own = changes.filter(({ rule, name }) => rule === setting.rule.id && name in setting.rule.parameters);
  if (own.length === 0) return setting;
  const parameters = { ...setting.parameters };
  for (const { name, value } of own) parameters[name] = value;
  return { ...setting, parameters };
}
