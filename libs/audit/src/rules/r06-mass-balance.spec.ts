import { describe, expect, it } from '@jest/globals';
import { gtin, lgtin, sgln, type EpcisEvent } from '@tallyhouse/epcis';
import { AuditEngine } from '../engine/audit-engine.js';
import { NO_REFERENCE } from '../engine/reference.js';
import { defaultRuleSet, readRuleSet, type RuleSet } from '../engine/rule-set.js';

const LOT = lgtin(gtin('9521141', '01234'), 'L1');
const PLACE = sgln('9521141000014');
const START = Date.UTC(2026, 0, 5, 8);
const HOUR = 3_600_000;

type Amount = readonly [quantity: number, uom?: string];

const event = (hour: number, [quantity, uom]: Amount, isMade: boolean): EpcisEvent => ({
  ...{
    type: 'ObjectEvent',
    eventTime: new Date(START + hour * HOUR).toISOString(),
    eventTimeZoneOffset: '+00:00',
  },
  ...{ action: isMade ? 'ADD' : 'OBSERVE', bizStep: isMade ? 'commissioning' : 'retail_selling' },
  readPoint: { id: PLACE },
  quantityList: [{ epcClass: LOT, quantity, ...(uom === undefined ? {} : { uom }) }],
});
const made = (...amount: Amount): EpcisEvent => event(0, amount, true);
const sold = (...amount: Amount): EpcisEvent => event(5, amount, false);

function found(
  events: readonly EpcisEvent[],
  kilogramsAPiece?: number,
  rules: RuleSet = defaultRuleSet(),
): string[] {
  const netContent = kilogramsAPiece === undefined ? undefined : { quantity: kilogramsAPiece, uom: 'KGM' };
  const engine = new AuditEngine(rules, { ...NO_REFERENCE, netContent: () => netContent });
  const arrivals = events.map((each, order) => ({
    ...{ id: `e${order}`, identity: each.eventID ?? `e${order}`, order, party: 'p', recorded: START + order },
    event: each,
  }));
  engine.observe(arrivals, START + 1_000 * HOUR);
  return [...engine.findings()].filter(({ rule }) => rule === 'R6').map(({ explanation }) => explanation);
}

describe('mass balance of what partners might send', () => {
  it('converts units before it compares', () => {
    expect(found([made(1, 'TNE'), sold(1_000, 'KGM')])).toEqual([]);
    expect(found([made(1, 'TNE'), sold(1_100, 'KGM')])).toEqual([
      expect.stringMatching(/1100 kg left .* 1000 kg/),
    ]);
    expect(found([made(100), sold(60, 'KGM')], 0.5)).toEqual([expect.stringMatching(/60 kg left .* 50 kg/)]);
  });

  it('does not compare pieces with kilograms where nobody says what a piece weighs', () => {
    expect(found([made(100), sold(60, 'KGM')])).toEqual([]);
  });

  it.each([[-100], [0], [1e309], [Number.NaN]])('lets no amount of %s hide what left', (quantity) => {
    expect(found([made(10, 'KGM'), made(quantity, 'KGM'), sold(20, 'KGM'), sold(quantity, 'KGM')])).toEqual([
      expect.stringMatching(/20 kg left .* 10 kg came in/),
    ]);
  });

  it('counts an event for nothing once it was declared wrong, so that what left without it shows', () => {
    const making = { ...made(10, 'KGM'), eventID: 'urn:uuid:00000000-0000-4000-8000-000000000001' };
    const errorDeclaration = {
      declarationTime: new Date(START + 9 * HOUR).toISOString(),
      reason: 'did_not_occur',
    };
    expect(found([making, sold(10, 'KGM')])).toEqual([]);
    expect(found([making, sold(10, 'KGM'), { ...making, errorDeclaration }])).toHaveLength(1);
  });

  it('goes by the tolerance that the rule set of the vote names', () => {
    const events = [made(100, 'KGM'), sold(104, 'KGM')];
    const file = JSON.parse(Buffer.from(defaultRuleSet().toBytes()).toString()) as {
      rules: { id: string; parameters: Record<string, number> }[];
    };
    file.rules.find(({ id }) => id === 'R6')!.parameters['tolerance'] = 0.05;
    const voted = readRuleSet(new TextEncoder().encode(JSON.stringify(file)));
    expect(voted.version).not.toBe(defaultRuleSet().version);
    expect(found(events)).toHaveLength(1);
    expect(found(events, undefined, voted)).toEqual([]);
  });
});
