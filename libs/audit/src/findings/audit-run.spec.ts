import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { gtin, sgtin, sgln, sscc, type EpcisEvent } from '@tallyhouse/epcis';
import { CaptureService } from '@tallyhouse/supply-chain';
import { documentOf, openStore, PARTNER, type TestStore } from '../../../supply-chain/test/capture-kit.js';
import type { AsOf } from '../trace/as-of.js';
import { AuditEngine } from '../engine/audit-engine.js';
import { defaultRuleSet, RuleSet } from '../engine/rule-set.js';
import { CustodyStatementReader } from '../custody/custody-statement.reader.js';
import { AuditReferenceReader } from './audit-reference.reader.js';
import { AuditRunService } from './audit-run.service.js';
import { AuditedEventReader } from './audited-event.reader.js';
import { FindingStore } from './finding-store.service.js';
import { FindingReader } from './finding.reader.js';
import { historyAsOf } from './finding.rows.js';

jest.setTimeout(120_000);

const DAY = 86_400_000;
const GTIN = gtin('9521141', '01234');
const ITEM = sgtin(GTIN, 'A1');
const OTHER = sgtin(GTIN, 'A2');
const UNIT = sscc('9521141', '000000001');
const PLACES = [sgln('9521141000014'), sgln('9521141000021')];
const START = Date.UTC(2026, 0, 5, 8);
/** Long after everything that was captured may still be waited for. */
const LATER = new Date(Date.now() + 40 * DAY);
const AFTERWARDS = new Date(LATER.getTime() + DAY);

const at = (
  hours: number,
  place: number,
): Pick<EpcisEvent, 'eventTime' | 'eventTimeZoneOffset' | 'readPoint'> => ({
  eventTime: new Date(START + hours * 3_600_000).toISOString(),
  eventTimeZoneOffset: '+00:00',
  readPoint: { id: PLACES[place]! },
});
const born = (hours: number, items: string[]): EpcisEvent => ({
  ...{ type: 'ObjectEvent', action: 'ADD', bizStep: 'commissioning', epcList: items, ...at(hours, 0) },
  ilmd: { 'cbvmda:lotNumber': 'L1' },
});
const packed = (hours: number, items: string[]): EpcisEvent => ({
  ...{
    type: 'AggregationEvent',
    action: 'ADD',
    bizStep: 'packing',
    parentID: UNIT,
    childEPCs: items,
    ...at(hours, 0),
  },
});
const sold = (hours: number, item: string): EpcisEvent => ({
  ...{ type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'retail_selling', epcList: [item], ...at(hours, 1) },
});

describe('audit on a real database', () => {
  let store: TestStore;
  let captures: CaptureService;
  let audits: AuditRunService;
  let reader: FindingReader;
  let findings: FindingStore;
  const rules = defaultRuleSet();
  beforeAll(async () => {
    store = await openStore();
    captures = new CaptureService(store.source);
    reader = new FindingReader(store.source);
    findings = new FindingStore(store.source, reader);
    audits = new AuditRunService(
      store.source,
      new AuditedEventReader(store.source),
      new AuditReferenceReader(store.source),
      findings,
      new CustodyStatementReader(store.source),
    );
  }, 120_000);
  afterAll(() => store.close());

  async function send(...events: EpcisEvent[]): Promise<void> {
    const outcome = await captures.capture(documentOf(events), {
      partner: PARTNER,
      errorBehaviour: 'ROLLBACK',
    });
    expect(outcome.state).toBe('SUCCEEDED');
  }
  /** Standing findings without those that nothing is anchored here. */
  const standing = async (): Promise<string[]> => {
    const { rows } = await reader.list({}, { first: 200 });
    return rows
      .filter(({ rule }) => rule !== 'R16')
      .map(({ rule, subject }) => `${rule} ${subject}`)
      .sort();
  };

  it('raises what the engine in memory raises, and withdraws it when a missing event arrives', async () => {
    await send(
      born(0, [ITEM, OTHER]),
      packed(1, [ITEM, OTHER]),
      sold(60, ITEM),
      sold(61, sgtin(GTIN, 'GHOST')),
    );
    await audits.run(rules, LATER);
    const engine = new AuditEngine(rules, await new AuditReferenceReader(store.source).read());
    const stored = await new AuditedEventReader(store.source).byIds(
      (await store.rows<{ id: string }>('SELECT id FROM epcis_event')).map(({ id }) => id),
    );
    const arrivals = stored.map(({ fact, event }) => ({ ...fact, event }));
    engine.observe(arrivals, LATER.getTime());
    const inMemory = [...engine.findings()].filter(({ rule }) => rule !== 'R16');
    expect(await standing()).toEqual(inMemory.map(({ rule, subject }) => `${rule} ${subject}`).sort());
    expect(await standing()).toEqual([`R1 ${sgtin(GTIN, 'GHOST')}`, `R8 ${ITEM}`]);
    const unpacked = {
      ...packed(50, [ITEM, OTHER]),
      action: 'DELETE' as const,
      bizStep: 'unpacking',
      ...at(50, 1),
    };
    await send(unpacked);
    await audits.run(rules, LATER);
    expect(await standing()).toEqual([`R1 ${sgtin(GTIN, 'GHOST')}`]);
    const [withdrawn] = (await reader.list({ state: 'WITHDRAWN', rule: 'R8' }, { first: 1 })).rows;
    const history = await reader.histories([withdrawn!.id]);
    expect(history.map(({ kind }) => kind)).toEqual(['RAISED', 'WITHDRAWN']);
  });

  it('takes back what rests on an event that was declared wrong', async () => {
    const second = { ...born(2, [OTHER]), eventID: 'urn:uuid:00000000-0000-4000-8000-0000000000aa' };
    await send(second);
    await audits.run(rules, LATER);
    expect(await standing()).toContain(`R3 ${OTHER}`);
    await send({
      ...second,
      errorDeclaration: { declarationTime: new Date().toISOString(), reason: 'did_not_occur' },
    });
    await audits.run(rules, LATER);
    expect(await standing()).not.toContain(`R3 ${OTHER}`);
  });

  it('calls events overdue that never reached the chain', async () => {
    const { rows } = await reader.list({ rule: 'R16' }, { first: 100 });
    expect(rows.length).toBe(await store.count('epcis_event'));
    expect(rows[0]?.explanation).toMatch(/not on chain by/);
  });

  it('keeps what people decide, wants a resolution, and opens again', async () => {
    const [row] = (await reader.list({ rule: 'R1' }, { first: 1 })).rows;
    const id = row!.id;
    await expect(findings.judge(id, { state: 'RESOLVED' }, PARTNER, AFTERWARDS)).rejects.toThrow(
      /resolution/,
    );
    await findings.judge(id, { state: 'IN_REVIEW', assignee: 'mara' }, PARTNER, AFTERWARDS);
    const done = await findings.judge(
      id,
      { state: 'RESOLVED', resolution: 'label was misread' },
      PARTNER,
      AFTERWARDS,
    );
    expect(done).toMatchObject({ state: 'RESOLVED', assignee: 'mara', resolution: 'label was misread' });
    expect(
      await findings.judge(id, { state: 'OPEN', comment: 'seen again' }, PARTNER, AFTERWARDS),
    ).toMatchObject({
      state: 'OPEN',
      resolution: 'label was misread',
    });
    expect((await reader.histories([id])).map(({ state }) => state)).toEqual([
      'OPEN',
      'IN_REVIEW',
      'RESOLVED',
      'OPEN',
    ]);
    await expect(
      findings.judge('00000000-0000-8000-8000-000000000000', {}, PARTNER, AFTERWARDS),
    ).rejects.toThrow(/not known/);
  });

  it('answers as of a block, and finds by evidence and by subject', async () => {
    const [row] = (await reader.list({ rule: 'R1' }, { first: 1 })).rows;
    const at = (block: bigint): AsOf => ({ kind: 'BLOCK', block });
    expect(await reader.find(row!.id, at(-1n))).toBeUndefined();
    expect(await reader.find(row!.id, at(0n))).toMatchObject({ id: row!.id });
    const history = await reader.histories([row!.id]);
    const [first, , last] = history;
    const then: AsOf = { kind: 'TIME', time: first!.changedAt };
    expect(await reader.find(row!.id, then)).toMatchObject({ state: 'OPEN', assignee: null });
    expect(last).toMatchObject({ assignee: 'mara' });
    expect(historyAsOf(history, then)).toEqual([first]);
    expect(historyAsOf(history, at(-1n))).toEqual([]);
    const before: AsOf = { kind: 'TIME', time: new Date(0) };
    expect((await reader.list({}, { first: 5 }, before)).rows).toEqual([]);
    expect(await reader.countByRule(before)).toEqual([]);
    const byEvent = await reader.list({ event: row!.evidence[0]! }, { first: 10 });
    expect(byEvent.rows.map(({ rule }) => rule)).toContain('R1');
    const urn = 'urn:epc:id:sgtin:9521141.001234.GHOST';
    expect((await reader.list({ subject: urn }, { first: 10 })).rows.map(({ id }) => id)).toEqual([row!.id]);
    const page = await reader.list({ rule: 'R16' }, { first: 2 });
    const next = await reader.list({ rule: 'R16' }, { first: 2, after: page.cursors.at(-1)! });
    expect(next.rows.some(({ id }) => page.rows.some((other) => other.id === id))).toBe(false);
  });

  it('judges everything again under another rule set, and comes to the same where nothing else changed', async () => {
    const before = await standing();
    const without = new RuleSet(
      rules.rules.filter(({ rule }) => rule.id !== 'R1'),
      rules.learned,
    );
    await audits.run(without, LATER);
    expect(await standing()).toEqual(before.filter((each) => !each.startsWith('R1 ')));
    await audits.run(rules, LATER);
    expect(await standing()).toEqual(before);
  });
});
