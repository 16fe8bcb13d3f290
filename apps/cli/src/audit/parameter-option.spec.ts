import { describe, expect, it } from '@jest/globals';
import { defaultRuleSet, readRuleSet } from '@tallyhouse/audit';
import { parameterChange, withParameters } from './parameter-option.js';

describe('a changed parameter', () => {
  it('makes another version that differs in nothing else and can be read again', () => {
    const before = defaultRuleSet();
    const after = withParameters(before, [parameterChange('R7.toleranceMinutes=10')]);
    expect(after.version).not.toBe(before.version);
    expect(readRuleSet(after.toBytes()).parametersOf('R7')).toEqual({ toleranceMinutes: 10 });
    expect(withParameters(after, [parameterChange('R7.toleranceMinutes=30')]).version).toBe(before.version);
  });

  it('is refused where it is none, or the rule has no such parameter', () => {
    for (const text of ['R7', 'R99.a=1', 'R7.toleranceMinutes=ten', 'R7.toleranceMinutes='])
      expect(() => parameterChange(text)).toThrow('no change of a parameter');
    expect(() => withParameters(defaultRuleSet(), [parameterChange('R7.maxHours=1')])).toThrow(
      'R7.maxHours: no such parameter',
    );
  });
});
