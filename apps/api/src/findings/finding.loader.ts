import type { FindingReader, RuleSettingReader } from '@tallyhouse/audit';
import { manyByKey, oneByKey, type LoaderOptions } from '../shared/relay/loading.js';

/** Reads what belongs to findings, once a request. */
export function findingLoaders(findings: FindingReader, settings: RuleSettingReader, options: LoaderOptions) {
  return {
    findingHistory: manyByKey(
      (ids) => findings.histories(ids),
      (row) => row.findingId,
      options,
    ),
    /** By rule and rule set with a space between. */
    ruleSetting: oneByKey(
      (keys) => settings.of(keys.map(asked)),
      ({ rule, ruleSet }) => `${rule} ${ruleSet}`,
      options,
    ),
  };
}

function asked(key: string): { rule: string; ruleSet: string } {
  const [rule = '', ruleSet = ''] = key.split(' ');
  return { rule, ruleSet };
}
