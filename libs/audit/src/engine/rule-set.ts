import { canonicalJson, sha256Hex, type Hex, type JsonObject } from '@tallyhouse/proofs';
import { AuditError } from '../audit.errors.js';
import { RULES } from '../rules/index.js';
import { NOTHING_LEARNED, type Learned } from './learned.js';
import { parseLearned } from './parse-learned.js';
import { RULE_IDS, type Parameters, type Rule, type RuleId, type Severity } from './rule.js';

/** Format of a rule set as a file, and its family in the ModelRegistry. */
export const RULE_SET_FORMAT = 'tallyhouse.audit-rules/1';
export const RULE_SET_FAMILY = 'audit-rules';

const SEVERITIES: readonly Severity[] = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'];

/** A rule as a rule set wants it. */
export interface RuleSetting {
  readonly rule: Rule;
  readonly severity: Severity;
  readonly parameters: Parameters;
}

/** Which rules run, with which parameters and which knowledge of the past. Its bytes have a hash that is voted. */
export class RuleSet {
  private readonly parameters: Map<RuleId, Parameters>;

  public constructor(
    public readonly rules: readonly RuleSetting[],
    public readonly learned: Learned,
  ) {
    this.parameters = new Map(rules.map(({ rule, parameters }) => [rule.id, parameters]));
  }

  public parametersOf(id: RuleId): Parameters {
    return this.parameters.get(id) ?? RULES[id].parameters;
  }

  public severityOf(id: RuleId): Severity {
    return this.rules.find(({ rule }) => rule.id === id)?.severity ?? RULES[id].severity;
  }

  /** The same rules with other knowledge of the past. */
  public withLearned(learned: Learned): RuleSet {
    return new RuleSet(this.rules, learned);
  }

  /** The same knowledge of the past under other rules or parameters. */
  public withRules(rules: readonly RuleSetting[]): RuleSet {
    return new RuleSet(rules, this.learned);
  }

  /** The rule set as a file: canonical JSON (RFC 8785) in UTF-8. */
  public toBytes(): Uint8Array {
    const rules = this.rules.map(({ rule, severity, parameters }) => ({ id: rule.id, severity, parameters }));
    return new TextEncoder().encode(
      canonicalJson({ format: RULE_SET_FORMAT, rules, learned: this.learned } as unknown as JsonObject),
    );
  }

  /** SHA-256 of the file: its version on chain. */
  public get version(): Hex {
    return sha256Hex(this.toBytes());
  }
}

/** Every rule with its default parameters, before anything was learned. */
export function defaultRuleSet(): RuleSet {
  const rules = RULE_IDS.map((id) => {
    const { severity, parameters } = RULES[id];
    return { rule: RULES[id], severity, parameters };
  });
  return new RuleSet(rules, NOTHING_LEARNED);
}

/**
 * Reads a rule set file.
 *
 * @throws AuditError `RULE_SET_MALFORMED` naming what is wrong, also when the bytes are not canonical
 */
export function readRuleSet(bytes: Uint8Array): RuleSet {
  const file = parseObject(bytes);
  if (file['format'] !== RULE_SET_FORMAT)
    throw malformed(`format: expected ${RULE_SET_FORMAT}, found ${JSON.stringify(file['format'] ?? null)}`);
  if (!Array.isArray(file['rules'])) throw malformed('rules: expected a list');
  const rules = file['rules'].map(parseSetting);
  const ids = rules.map(({ rule }) => rule.id);
  if (new Set(ids).size !== ids.length) throw malformed('rules: an id stands twice; keep one entry a rule');
  const ruleSet = new RuleSet(rules, parseLearned(file['learned']));
  if (!Buffer.from(ruleSet.toBytes()).equals(bytes))
    throw malformed(
      'the bytes are not the canonical JSON of the rule set; write it with ./tallyhouse audit learn',
    );
  return ruleSet;
}

function parseObject(bytes: Uint8Array): Record<string, unknown> {
  try {
    const file: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    if (typeof file === 'object' && file !== null && !Array.isArray(file))
      return file as Record<string, unknown>;
  } catch {
    throw malformed('not JSON in UTF-8');
  }
  throw malformed('expected one JSON object');
}

function parseSetting(value: unknown, index: number): RuleSetting {
  const { id, severity, parameters } = (value ?? {}) as Record<string, unknown>;
  const rule = RULE_IDS.includes(id as RuleId) ? RULES[id as RuleId] : undefined;
  if (!rule)
    throw malformed(`rules[${index}].id: expected one of R1 to R17, found ${JSON.stringify(id ?? null)}`);
  if (!SEVERITIES.includes(severity as Severity))
    throw malformed(`rules[${index}].severity: expected one of ${SEVERITIES.join(', ')}`);
  return { rule, severity: severity as Severity, parameters: parseParameters(rule, parameters) };
}

function parseParameters(rule: Rule, value: unknown): Parameters {
  const given = (value ?? {}) as Record<string, unknown>;
  const expected = Object.keys(rule.parameters).sort();
  const found = Object.keys(given).sort();
  const needed = expected.filter((name) => !rule.optional?.includes(name));
  if (!needed.every((name) => found.includes(name)) || !found.every((name) => expected.includes(name)))
    throw malformed(
      `parameters of ${rule.id}: expected ${expected.join(', ') || 'none'}, found ${found.join(', ') || 'none'}`,
    );
  for (const name of found) {
    const number = given[name];
    if (typeof number !== 'number' || !Number.isFinite(number) || number < -273.15)
      throw malformed(`${rule.id}.${name}: expected a number, found ${JSON.stringify(number)}`);
  }
  return given as Parameters;
}

function malformed(reason: string): AuditError {
  return new AuditError('RULE_SET_MALFORMED', `not a rule set: ${reason}`);
}
