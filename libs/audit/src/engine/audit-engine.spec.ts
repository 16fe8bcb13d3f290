import { describe, expect, it } from '@jest/globals';
import { gln, sgln, sscc, type EpcisEvent } from '@tallyhouse/epcis';
import { AuditEngine, type AuditedArrival } from './audit-engine.js';
import { NO_REFERENCE, type Reference } from './reference.js';
import type { EventProof } from './rule.js';
import { defaultRuleSet } from './rule-set.js';

const DAY = 86_400_000;
const START = Date.parse('2026-01-01T00:00:00Z');
const ITEM = 'https://id.gs1.org/01/09520001000010/21/A1';
const UNIT = sscc('9520001', '000000001');
const SITE = (number: number): string => sgln(gln('9520001', `0000${number}`));
const PROOF: EventProof = { anchoredAt: START, hashMatches: true, rootMatches: true };

let order = 0;
/** An event `days` after the start, recorded at once. */
function arrival(days: number, event: Partial<EpcisEvent>, id = `e${(order += 1)}`): AuditedArrival {
  const at = START + days * DAY;
  const whole = {
    ...{ type: 'ObjectEvent', eventTimeZoneOffset: '+00:00', eventTime: new Date(at).toISOString() },
    ...event,
  };
  return {
    id,
    identity: id,
    order,
    party: 'p',
    recorded: at,
    event: whole,
    proof: { ...PROOF, anchoredAt: at },
  };
}

const made = (days: number, id?: string): AuditedArrival =>
  arrival(
    days,
    {
      ...{ action: 'ADD', bizStep: 'commissioning', epcList: [ITEM], readPoint: { id: SITE(1) } },
      ilmd: { 'cbvmda:lotNumber': 'L1' },
    },
    id,
  );
const seen = (days: number, site: number, bizStep = 'inspecting'): AuditedArrival =>
  arrival(days, { action: 'OBSERVE', bizStep, epcList: [ITEM], readPoint: { id: SITE(site) } });
const inUnit = (
  days: number,
  action: 'ADD' | 'DELETE',
  site: number,
  children: string[] = [ITEM],
): AuditedArrival =>
  arrival(days, {
    ...{ type: 'AggregationEvent', action, parentID: UNIT, childEPCs: children },
    readPoint: { id: SITE(site) },
  });

/** Findings as rule and evidence, in one order. */
function found(engine: AuditEngine): string[] {
  return [...engine.findings()].map(({ rule, evidence }) => `${rule} ${evidence.join(' ')}`).sort();
}

function audited(
  arrivals: readonly AuditedArrival[],
  days = 100,
  reference: Reference = NO_REFERENCE,
): string[] {
  const engine = new AuditEngine(defaultRuleSet(), reference);
  engine.observe(arrivals, START + days * DAY);
  return found(engine);
}

describe('AuditEngine', () => {
  it('finds nothing wrong with an item that is made, packed, unpacked and seen', () => {
    expect(audited([made(0), inUnit(1, 'ADD', 1), inUnit(3, 'DELETE', 2), seen(4, 2)])).toEqual([]);
  });

  it('takes an unpacking without children for one of everything', () => {
    const sealed = [made(0), inUnit(1, 'ADD', 1), seen(4, 2)];
    expect(audited(sealed)).toEqual([`R8 ${sealed[2]!.id} ${sealed[1]!.id}`]);
    expect(audited([...sealed, inUnit(3, 'DELETE', 2, [])])).toEqual([]);
  });

  it('waits for a late record before it concludes from its absence, then raises, then withdraws', () => {
    const engine = new AuditEngine(defaultRuleSet(), NO_REFERENCE);
    const first = seen(1, 1);
    expect(engine.observe([first], START + DAY)).toEqual([]);
    const raised = engine.observe([], START + 6 * DAY);
    expect(raised.map(({ change, finding }) => [change, finding.rule])).toEqual([['RAISED', 'R1']]);
    const late = engine.observe([made(0)], START + 7 * DAY);
    expect(late.map(({ change, finding }) => [change, finding.rule])).toEqual([['WITHDRAWN', 'R1']]);
    expect(found(engine)).toEqual([]);
  });

  it('forgets an event that was declared wrong, whichever of the two came first', () => {
    const wrong = made(5, 'wrong');
    const declared = {
      ...wrong,
      id: 'declaration',
      recorded: START + 6 * DAY,
      event: { ...wrong.event, errorDeclaration: { declarationTime: '2026-01-07T00:00:00Z' } },
    };
    expect(audited([made(0, 'right'), wrong])).toEqual(['R3 wrong right']);
    expect(audited([made(0, 'right'), wrong, declared])).toEqual([]);
    expect(audited([made(0, 'right'), declared, wrong])).toEqual([]);
  });

  it('calls an event overdue that has no proof, and not one whose proof came in time', () => {
    const { proof, ...bare } = made(0, 'bare');
    const engine = new AuditEngine(defaultRuleSet(), NO_REFERENCE);
    expect(engine.observe([bare], START)).toEqual([]);
    expect(engine.observe([], START + 2 * DAY).map(({ finding }) => finding.rule)).toEqual(['R16']);
    const changes = engine.anchored('bare', { ...PROOF, anchoredAt: START + 1 }, START + 3 * DAY);
    expect(changes.map(({ change }) => change)).toEqual(['WITHDRAWN']);
    expect(proof).toBeDefined();
  });

  it('says what changed once, and nothing when the same events are judged again', () => {
    const engine = new AuditEngine(defaultRuleSet(), NO_REFERENCE);
    const events = [made(0), made(1)];
    expect(engine.observe(events, START + 10 * DAY)).toHaveLength(1);
    expect(engine.observe([], START + 11 * DAY)).toEqual([]);
  });
});
