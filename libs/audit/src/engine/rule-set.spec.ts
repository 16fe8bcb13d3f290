import { describe, expect, it } from '@jest/globals';
import { NOTHING_LEARNED } from './learned.js';
import { defaultRuleSet, readRuleSet } from './rule-set.js';

interface RuleSetFile {
  format: string;
  rules: { id: string; parameters: object }[];
  learned: { flaggedShare: unknown };
}

const bytesOf = (change: (file: RuleSetFile) => void): Uint8Array => {
  const file = JSON.parse(Buffer.from(defaultRuleSet().toBytes()).toString()) as RuleSetFile;
  change(file);
  return new TextEncoder().encode(JSON.stringify(file));
};

describe('rule set', () => {
  it('comes back from its bytes, and its bytes have one hash', () => {
    const learned = {
      ...{ events: 5, until: '2026-01-01T00:00:00.000Z', flaggedShare: 0.01 },
      transitions: { 'item store/unpacking': { 'same retail_selling': 60 } },
      dwell: {
        'unit from port in warehouse: receiving to unpacking': { count: 12, median: -0.5, spread: 0.2 },
      },
    };
    const ruleSet = defaultRuleSet().withLearned(learned);
    const again = readRuleSet(ruleSet.toBytes());
    expect(again.version).toBe(ruleSet.version);
    expect(again.learned).toEqual(learned);
    expect(again.version).not.toBe(defaultRuleSet().withLearned(NOTHING_LEARNED).version);
  });

  it.each<[string, RegExp, Uint8Array]>([
    ['bytes that are no JSON', /not JSON/, new Uint8Array([1, 2])],
    ['another format', /format/, bytesOf((file) => void (file.format = 'x'))],
    ['a rule twice', /twice/, bytesOf(({ rules }) => void rules.push(rules[0]!))],
    ['an unknown rule', /R1 to R17/, bytesOf(({ rules }) => void (rules[0]!.id = 'R99'))],
    [
      'a parameter that is no number',
      /graceHours/,
      bytesOf(({ rules }) => void (rules[0]!.parameters = { graceHours: 'long' })),
    ],
    [
      'a missing parameter',
      /expected graceHours, found none/,
      bytesOf(({ rules }) => void (rules[0]!.parameters = {})),
    ],
    [
      'knowledge that is no number',
      /learned\.flaggedShare/,
      bytesOf(({ learned }) => void (learned.flaggedShare = 'many')),
    ],
  ])('refuses %s and says where', (_, reason, bytes) => {
    expect(() => readRuleSet(bytes)).toThrow(reason);
  });

  it('refuses bytes that are not canonical, so that one rule set has one hash', () => {
    const spaced = new TextEncoder().encode(
      JSON.stringify(JSON.parse(Buffer.from(defaultRuleSet().toBytes()).toString()), null, 1),
    );
    expect(() => readRuleSet(spaced)).toThrow(/canonical/);
  });
});
