import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { gtin, gtinClass, lgtin, sgln, sscc, type EpcisEvent } from '@tallyhouse/epcis';
import { CaptureService, SealingService } from '@tallyhouse/supply-chain';
import {
  documentOf,
  openStore,
  OTHER_PARTNER,
  PARTNER,
  type TestStore,
} from '../../../supply-chain/test/capture-kit.js';
import { CustodyStatementReader } from '../custody/custody-statement.reader.js';
import { defaultRuleSet } from '../engine/rule-set.js';
import { unitHash } from '../trace/edge-builder.service.js';
import { AuditReferenceReader } from './audit-reference.reader.js';
import { AuditRunService } from './audit-run.service.js';
import { AuditedEventReader } from './audited-event.reader.js';
import { FindingStore } from './finding-store.service.js';
import { FindingReader } from './finding.reader.js';

jest.setTimeout(120_000);

const HOUR = 3_600_000;
const START = Date.UTC(2026, 0, 5, 8);
const LATER = new Date(Date.now() + 40 * 24 * HOUR);
const SUBMITTER = '0x00000000000000000000000000000000000000c3';
const [PIECE, RAW] = [gtin('9521141', '01234'), gtin('9521141', '01235')];
const UNIT = sscc('9521141', '000000001');
const PLACES = ['9521141000014', '9521141000021'].map((number) => sgln(number));

const at = (hours: number, place: number) => ({
  ...{ eventTime: new Date(START + hours * HOUR).toISOString(), eventTimeZoneOffset: '+00:00' },
  readPoint: { id: PLACES[place]! },
});
const made = (hours: number, lot: string, place = 0): EpcisEvent => ({
  ...{ type: 'ObjectEvent', action: 'ADD', bizStep: 'commissioning', ...at(hours, place) },
  quantityList: [{ epcClass: lot, quantity: 40, uom: 'KGM' }],
});
const sold = (hours: number, lot: string, place: number): EpcisEvent => ({
  ...{ type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'retail_selling', ...at(hours, place) },
  quantityList: [{ epcClass: lot, quantity: 30, uom: 'KGM' }],
});
const received: EpcisEvent = {
  ...{ type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'receiving', epcList: [UNIT], ...at(30, 1) },
};

describe('evidence of stored audits', () => {
  let store: TestStore;
  let audits: AuditRunService;
  let reader: FindingReader;
  beforeAll(async () => {
    store = await openStore();
    reader = new FindingReader(store.source);
    audits = new AuditRunService(
      store.source,
      new AuditedEventReader(store.source),
      new AuditReferenceReader(store.source),
      new FindingStore(store.source, reader),
      new CustodyStatementReader(store.source),
    );
  }, 120_000);
  beforeEach(async () => {
    await store.empty();
    await store.rows('TRUNCATE finding, finding_member, audit_queue, audit_due, trace_anchored CASCADE');
  });
  afterAll(() => store.close());

  const send = async (partner: string, ...events: EpcisEvent[]): Promise<void> => {
    const outcome = await new CaptureService(store.source).capture(documentOf(events), {
      partner,
      errorBehaviour: 'ROLLBACK',
    });
    expect(outcome.state).toBe('SUCCEEDED');
  };
  const standing = async (rule: string) => {
    await audits.run(defaultRuleSet(), LATER);
    return (await reader.list({ rule }, { first: 50 })).rows;
  };
  const say = (table: string, block: number, hours: number, more: string): Promise<unknown> =>
    store.rows(
      `INSERT INTO custody_${table} VALUES (1, ${block}, '0x', 0, '0x', $1, '${unitHash(UNIT)}', ${more})`,
      [new Date(START + hours * HOUR)],
    );

  it('name who handled a unit without holding it on chain, and take it back when the chain does', async () => {
    const [from, to] = [PARTNER.toLowerCase(), OTHER_PARTNER];
    await send(OTHER_PARTNER, received);
    await store.rows('INSERT INTO logistic_unit VALUES ($1, $2)', [unitHash(UNIT), UNIT]);
    expect(await standing('R12')).toEqual([]);
    const deadline = new Date(START + 50 * HOUR).toISOString();
    await say('offered', 1, 10, `'${from}', '${to}', '${deadline}'`);
    const [expired] = await standing('R12');
    expect(expired).toMatchObject({
      subject: UNIT,
      explanation: expect.stringMatching(/nobody accepted by/),
    });
    await say('rejected', 2, 12, `'${from}', '${to}', 'seal broken'`);
    expect((await standing('R12'))[0]?.explanation).toMatch(/had rejected it on chain.*seal broken/);
    // A reorganisation undoes the rejection; the recipient accepts.
    await store.rows('DELETE FROM custody_rejected');
    await say('accepted', 2, 31, `'${from}', '${to}'`);
    expect(await standing('R12')).toEqual([]);
  });

  it('make the leaf and the root of a batch again, whatever the rows say', async () => {
    await send(PARTNER, made(0, lgtin(PIECE, 'A')), made(1, lgtin(PIECE, 'B')), made(2, lgtin(PIECE, 'C')));
    const limits = { batchSize: 3, maxWaitMs: 0 };
    await new SealingService(store.source).sealDue(SUBMITTER, limits, new Date(Date.now() + 1_000));
    await store.rows(`INSERT INTO trace_anchored (chain_id, block_number, block_hash, log_index, tx_hash, block_time,
        partner, root, seq, count, prev_head, head, schema_id, submitter, uri)
      SELECT 1, 7, '0x', 0, '0x', now(), partner, root, seq, count, prev_head, head, schema_id, submitter, uri
      FROM anchor_batch`);
    expect(await standing('R16')).toEqual([]);
    await store.rows('INSERT INTO audit_queue SELECT seq, id, event_time FROM epcis_event');
    // Body and stored hash are changed together, so that the two agree.
    const changed = `jsonb_set(to_jsonb(body), '{eventTime}', '"2026-01-04T00:00:00.000Z"')`;
    await store.rows(
      `UPDATE epcis_event SET disclosure_root = sha256('x'::bytea) WHERE seq = (SELECT min(seq) FROM epcis_event)`,
    );
    await store.rows(
      `UPDATE epcis_event SET body = ${changed}::json WHERE seq = (SELECT max(seq) FROM epcis_event)`,
    );
    const altered = await standing('R16');
    expect(altered.map(({ violationKey }) => violationKey)).toEqual(['altered', 'altered']);
    await store.rows('INSERT INTO audit_queue SELECT seq, id, event_time FROM epcis_event');
    await store.rows(`UPDATE anchor_leaf SET leaf = sha256('y'::bytea) WHERE leaf_index = 0`);
    expect((await standing('R16')).map(({ violationKey }) => violationKey)).toContain('root');
  });

  it('weigh pieces by what their maker says they hold', async () => {
    const [raw, lot] = [lgtin(RAW, 'R'), lgtin(PIECE, 'P')];
    const baked: EpcisEvent = {
      ...{ type: 'TransformationEvent', bizStep: 'commissioning', ...at(2, 0) },
      inputQuantityList: [{ epcClass: raw, quantity: 30, uom: 'KGM' }],
      outputQuantityList: [{ epcClass: lot, quantity: 100 }],
    };
    await send(PARTNER, made(0, raw), baked);
    expect(await standing('R6')).toEqual([]);
    await store.rows(`INSERT INTO product_measure (product, net_content, uom) VALUES ($1, 0.5, 'KGM')`, [
      gtinClass(PIECE),
    ]);
    await store.rows('INSERT INTO audit_queue SELECT seq, id, event_time FROM epcis_event');
    expect((await standing('R6'))[0]?.explanation).toMatch(/30 kg became 50 kg .*yield of 166/);
    await store.rows('UPDATE product_measure SET yield_max = 2, yield_min = 0.5');
    await store.rows('INSERT INTO audit_queue SELECT seq, id, event_time FROM epcis_event');
    expect(await standing('R6')).toEqual([]);
  });

  it('make one finding of what one unrecorded way did, with a count that follows', async () => {
    const lots = ['1', '2', '3'].map((number) => lgtin(PIECE, number));
    await send(PARTNER, ...lots.flatMap((lot, hour) => [made(hour, lot), sold(40 + hour, lot, 1)]));
    const [one, ...others] = await standing('R6');
    expect(others).toEqual([]);
    expect(one).toMatchObject({ subject: `place ${PLACES[1]}`, evidence: { length: 3 } });
    expect(one?.explanation).toMatch(/^3 lots left .* one way that nobody records\. The first: Of the lot 1/);
    expect((await reader.list({ subject: lots[2]! }, { first: 5 })).rows).toEqual([one]);
    const brought = { ...sold(20, lots[0]!, 1), bizStep: 'receiving' };
    await send(PARTNER, brought);
    expect((await standing('R6'))[0]?.explanation).toMatch(/^2 lots left/);
    await send(
      PARTNER,
      ...[1, 2].map((index) => ({ ...sold(20 + index, lots[index]!, 1), bizStep: 'receiving' })),
    );
    expect(await standing('R6')).toEqual([]);
  });
});
