import { Grace } from '../engine/grace.js';
import type { Fact } from '../engine/fact.js';
import { yieldByWeight } from '../engine/yield.js';
import { amountOf, jointBounds, type YieldBounds } from '../mass-balance/index.js';
import type { Cause, History, Mention, RuleContext, Verdict, Violation } from '../engine/rule.js';
import { item, place, round, when } from '../engine/words.js';

const parameters = {
  /** Scales and counts may be off by this share. */
  tolerance: 0.03,
  /** Least and most kilograms that come out of a kilogram. */
  minYield: 0.4,
  maxYield: 1.03,
  /** Time in which what came in may still be reported. */
  graceHours: 96,
};

/** R6: more of a lot leaves a place than came in, or a transformation yields more or less than it can. */
export const massBalance = {
  id: 'R6',
  title: 'Mass balance',
  severity: 'HIGH',
  hard: true,
  scope: 'LOT',
  parameters,
  judge,
} as const;

function judge(history: History, limits: typeof parameters, context: RuleContext): Verdict {
  const violations = yields(history, limits, context);
  const grace = new Grace(limits.graceHours, context.now);
  const all = [...balances(history, context).values()];
  for (const balance of all) {
    if (balance.out <= balance.in * (1 + limits.tolerance) + Number.EPSILON) continue;
    // What came in pieces and left in kilograms, with nobody saying what a piece weighs, cannot be compared.
    if (all.some(({ site, unit, in: came }) => site === balance.site && unit !== balance.unit && came > 0))
      continue;
    if (grace.isOver(...balance.facts)) violations.push(overdrawn(history, balance, all, context));
  }
  return grace.verdict(violations);
}

interface Balance {
  readonly site: string;
  readonly unit: string;
  in: number;
  /** By shipping notes, for receipts that were not read. */
  announced: number;
  received: number;
  out: number;
  /** The events that took something out. */
  readonly facts: Fact[];
}

/** What came in and went out of each place, in each unit. Packed lots move with their units: packing takes them out. */
function balances({ uri, mentions }: History, { reference }: RuleContext): Map<string, Balance> {
  const map = new Map<string, Balance>();
  const at = (site: string, unit: string): Balance => {
    const key = `${site} ${unit}`;
    const known = map.get(key);
    if (known) return known;
    const fresh = { site, unit, in: 0, announced: 0, received: 0, out: 0, facts: [] };
    map.set(key, fresh);
    return fresh;
  };
  const packed = mentions.some(({ role }) => role === 'CHILD');
  const content = reference.netContent(classOf(uri));
  for (const { fact, role, quantity, uom } of mentions) {
    if (fact.site === undefined || quantity === undefined) continue;
    const { value, unit } = amountOf(quantity, uom, content);
    // A negative or endless amount is no amount; taken at its word it would hide what left.
    if (!(value > 0 && value < Infinity)) continue;
    const here = at(fact.site, unit);
    const kind = flowOf(fact, role, packed);
    if (kind === 'in') here.in += value;
    if (kind === 'received') here.received += value;
    if (kind === 'out' || kind === 'sent') here.facts.push(fact);
    if (kind === 'out' || kind === 'sent') here.out += value;
    if (kind === 'sent' && fact.destination !== undefined) at(fact.destination, unit).announced += value;
  }
  for (const balance of map.values()) balance.in += Math.max(balance.received, balance.announced);
  return map;
}

function flowOf(
  { type, action, bizStep }: Fact,
  role: Mention['role'],
  packed: boolean,
): 'in' | 'received' | 'out' | 'sent' | undefined {
  if (role === 'OUTPUT') return 'in';
  if (role === 'INPUT') return 'out';
  if (role === 'CHILD') return action === 'DELETE' ? 'in' : action === 'ADD' ? 'out' : undefined;
  if (role !== 'EPC' || type !== 'ObjectEvent') return undefined;
  if (action === 'ADD') return 'in';
  if (action === 'DELETE' || bizStep === 'retail_selling' || bizStep === 'dispensing') return 'out';
  if (packed) return undefined;
  return bizStep === 'receiving' ? 'received' : bizStep === 'shipping' ? 'sent' : undefined;
}

function overdrawn(
  { uri }: History,
  balance: Balance,
  all: readonly Balance[],
  { reference }: RuleContext,
): Violation {
  const last = balance.facts.reduce((latest, fact) => (fact.time > latest.time ? fact : latest));
  const unit = { KGM: 'kg', C62: 'pieces' }[balance.unit] ?? balance.unit;
  const explanation =
    `Of the ${item(uri)}, ${round(balance.out)} ${unit} left ${place(balance.site, reference)} by ${when(last.time)}, ` +
    `and only ${round(balance.in)} ${unit} came in.`;
  const evidence = [...balance.facts].sort((a, b) => b.time - a.time).map(({ id }) => id);
  const violation = {
    key: `balance ${balance.site}`,
    evidence: evidence.slice(0, 8),
    at: last.time,
    explanation,
  };
  const made = all.reduce(
    (sum, each) => sum + (each.unit === balance.unit && each.site !== balance.site ? each.in : 0),
    0,
  );
  return balance.in === 0 && made >= balance.out
    ? { ...violation, cause: unrecordedWay(balance.site, reference) }
    : violation;
}

/** The lot is there, made somewhere else and whole: one way that nobody records, whatever goes along it. */
function unrecordedWay(site: string, reference: RuleContext['reference']): Cause {
  const many =
    `{count} lots left ${place(site, reference)} that had been made elsewhere, and no event tells how they came there: ` +
    'one way that nobody records.';
  return { subject: `place ${site}`, key: 'unrecorded way', many };
}

function classOf(uri: string): string {
  return /^https:\/\/id\.gs1\.org\/01\/\d{14}/.exec(uri)?.[0] ?? uri;
}

function yields(
  { uri, mentions }: History,
  { minYield, maxYield }: typeof parameters,
  { reference }: RuleContext,
): Violation[] {
  return mentions.flatMap(({ fact, role }) => {
    if (fact.type !== 'TransformationEvent' || !isSubject(uri, fact, role)) return [];
    const bounds = boundsOf(fact, { min: minYield, max: maxYield }, reference);
    const found = yieldByWeight(fact, bounds, reference);
    if (!found || (found.excess === 0 && found.loss === 0)) return [];
    const explanation =
      `In ${place(fact.site, reference)} on ${when(fact.time)}, ${round(found.input)} kg became ` +
      `${round(found.output)} kg of ${item(uri)}: a yield of ${round((found.output / found.input) * 100)} %, where ` +
      `${round(bounds.min * 100)} to ${round(bounds.max * 100)} % is possible.`;
    return [{ key: `yield ${fact.id}`, evidence: [fact.id], at: fact.time, explanation }];
  });
}

/** What its maker says of a product counts before the rule set; of several products the widest bounds do. */
function boundsOf(fact: Fact, usual: YieldBounds, reference: RuleContext['reference']): YieldBounds {
  const made = [...fact.outputs, ...fact.amounts.OUTPUT.map(({ uri }) => uri)];
  if (made.length === 0) return usual;
  return jointBounds(made.map((uri) => reference.yieldBounds?.(classOf(uri)) ?? usual));
}

/** A transformation is judged once: with the lot it makes, or with the lot it takes if it makes single items. */
function isSubject(uri: string, fact: Fact, role: Mention['role']): boolean {
  const [subject] = fact.amounts.OUTPUT.length > 0 ? fact.amounts.OUTPUT : fact.amounts.INPUT;
  return subject?.uri === uri && (role === 'INPUT' || role === 'OUTPUT');
}
