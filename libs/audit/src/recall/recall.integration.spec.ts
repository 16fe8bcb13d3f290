import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { seededRandom, type Random } from '@tallyhouse/compute';
import { gtin, lgtin, sscc, type EpcisEvent } from '@tallyhouse/epcis';
import { openGraph, PARTNER, type GraphStore } from '../../test/graph-kit.js';
import { anyItem, randomEvents, SITES } from '../../test/random-events.js';
import { taintOf } from '../../test/taint.js';
import { CustodyReader } from '../custody/custody.reader.js';
import { BalanceReader } from '../mass-balance/balance.reader.js';
import { recallCsv } from '../reports/recall-report.js';
import { unitHash } from '../trace/edge-builder.service.js';
import { PositionReader } from '../trace/position.reader.js';
import { affectedRoot, type RecallCriteria } from './criteria.js';
import { RecallPreviewReader } from './recall-preview.reader.js';
import { RecallReader } from './recall.reader.js';
import { RecallService } from './recall.service.js';

jest.setTimeout(120_000);

const [MILL, STORE] = [SITES[0]!, SITES[1]!];
const LOT = lgtin(gtin('9521141', '01234'), 'L7');
const PALLET = sscc('9521141', '000000007');
const OTHER = '0x00000000000000000000000000000000000000b2';
const at = (hour: number, site: string) => ({
  ...{ eventTime: new Date(Date.UTC(2026, 2, 1, hour)).toISOString(), eventTimeZoneOffset: '+00:00' },
  readPoint: { id: site },
});
const amount = [{ epcClass: LOT, quantity: 40, uom: 'KGM' }];
const JOURNEY: readonly EpcisEvent[] = [
  { ...at(1, MILL), type: 'ObjectEvent', action: 'ADD', bizStep: 'commissioning', quantityList: amount },
  { ...at(2, MILL), type: 'AggregationEvent', action: 'ADD', parentID: PALLET, childQuantityList: amount },
  {
    ...at(3, MILL),
    type: 'ObjectEvent',
    action: 'OBSERVE',
    bizStep: 'shipping',
    epcList: [PALLET],
    quantityList: amount,
  },
];

describe('recalls on a real Postgres', () => {
  let store: GraphStore;
  let previews: RecallPreviewReader;
  beforeAll(async () => {
    store = await openGraph();
    previews = new RecallPreviewReader(store.source);
  }, 60_000);
  beforeEach(() => store.empty());
  afterAll(() => store.close());

  it('find what playing all events finds, for any criteria', async () => {
    const random = seededRandom(1_124);
    const events = randomEvents(random, 150);
    await store.take(events);
    for (let question = 0; question < 20; question++) {
      const from = random.below(100);
      const criteria = anyCriteria(random, from);
      const { items, truncated, affectedRoot: root } = await previews.preview(criteria);
      const expected = [...taintOf(startsOf(criteria, events), events).items].sort();
      expect(truncated).toBe(false);
      expect(items.map(({ uri }) => uri)).toEqual(expected);
      expect(root).toBe(expected.length === 0 ? null : affectedRoot(expected));
    }
  });

  it('refuse what seeks nothing, and hash one meaning the same however it is written', async () => {
    await expect(previews.preview({})).rejects.toThrow('name at least one');
    await expect(previews.preview({ items: ['a\0'] })).rejects.toThrow('criteria.items');
    await expect(previews.preview({ sites: ['rubbish'] })).rejects.toThrow(
      'criteria.sites: "rubbish" is no identifier',
    );
    const [from, to] = [new Date(5), new Date(5)];
    await expect(previews.preview({ items: ['urn:a'], from, to })).rejects.toThrow('before');
    const one = await previews.preview({ items: ['urn:b', LOT, LOT] });
    const other = await previews.preview({
      items: [LOT.replace('id.gs1.org', 'example.com'), 'urn:b'],
      sites: [],
    });
    expect(other.criteriaHash).toBe(one.criteriaHash);
  });

  it('are opened once, tell holders, and follow what is answered on chain', async () => {
    await store.take(JOURNEY);
    const service = new RecallService(store.source, previews);
    const at0 = { clock: () => new Date(0) };
    const reader = new RecallReader(store.source);
    const id = await service.open(PARTNER, { items: [LOT] }, at0);
    expect(await service.open(PARTNER, { items: [LOT] }, { clock: () => new Date(9) })).toBe(id);
    expect(await reader.find(id)).toMatchObject({
      state: 'PREPARED',
      affectedCount: 1,
      createdAt: new Date(0),
    });
    const [item] = await reader.items(id, 10);
    expect(item).toMatchObject({
      uri: LOT,
      state: 'IN_TRANSIT',
      location: MILL,
      holder: PARTNER,
      quantity: 40,
    });
    expect(recallCsv([{ ...item!, uri: '=cmd()' }])).toContain("'=cmd()");
    const root = (await reader.find(id))!.affectedRoot;
    await store.rows(`INSERT INTO recall_opened VALUES (1, 7, '0x', 0, '0x', now(), $1, $2, '', $3, 1, '')`, [
      id,
      PARTNER,
      root,
    ]);
    await store.rows(`INSERT INTO recall_acknowledged VALUES (1, 8, '0x', 0, '0x', now(), $1, $2, 12500)`, [
      id,
      OTHER,
    ]);
    expect(await reader.find(id)).toMatchObject({ state: 'OPEN', openedBlock: '7' });
    const holders = await reader.holders(id);
    expect(holders.map(({ partner, items, recovered }) => [partner, items, recovered])).toEqual([
      [PARTNER, 1, null],
      [OTHER, 0, 12.5],
    ]);
    const before = await reader.holders(id, { kind: 'BLOCK', block: 7n });
    expect(before.map(({ partner }) => partner)).toEqual([PARTNER]);
    await store.rows('DELETE FROM recall_opened');
    await store.rows('DELETE FROM recall_acknowledged');
    await expect(service.open(PARTNER, { items: ['nobody:knows'] }, at0)).resolves.toMatch(/^0x/);
  });

  it('know who holds a unit at any block, and whom the contract names before who reported', async () => {
    await store.take(JOURNEY);
    const unit = unitHash(PALLET);
    const fact = (table: string, block: number, more: string): Promise<unknown> =>
      store.rows(
        `INSERT INTO ${table} VALUES (1, ${block}, '0x', 0, '0x', to_timestamp(${block}), '${unit}', ${more})`,
      );
    await fact('custody_offered', 10, `'${PARTNER}', '${OTHER}', to_timestamp(20)`);
    await fact('custody_accepted', 15, `'${PARTNER}', '${OTHER}'`);
    await fact('custody_offered', 30, `'${OTHER}', '${PARTNER}', to_timestamp(40)`);
    const reader = new CustodyReader(store.source);
    const held = async (block: bigint) => (await reader.custody(PALLET, { kind: 'BLOCK', block })).holder;
    expect([await held(9n), await held(10n), await held(14n), await held(15n)]).toEqual([
      null,
      PARTNER,
      PARTNER,
      OTHER,
    ]);
    const early = await reader.custody(PALLET, { kind: 'BLOCK', block: 12n });
    expect(early.transfers.map(({ state }) => state)).toEqual(['OFFERED']);
    const now = await reader.custody(PALLET);
    expect(now.transfers.map(({ state }) => state)).toEqual(['OFFERED', 'ACCEPTED']);
    const [position] = await new PositionReader(store.source).positions([LOT]);
    expect(position).toMatchObject({
      holder: OTHER,
      holderBy: 'CUSTODY',
      containedIn: [PALLET],
      state: 'IN_TRANSIT',
    });
  });

  it('keep books that show what left without having come', async () => {
    await store.take(JOURNEY);
    const more = [{ epcClass: LOT, quantity: 55_000, uom: 'GRM' }];
    await store.take([
      { ...at(4, MILL), type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'shipping', quantityList: more },
      { ...at(5, STORE), type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'receiving', quantityList: amount },
    ]);
    const window = { from: Date.UTC(2026, 2, 1), to: Date.UTC(2026, 2, 2) };
    const books = await new BalanceReader(store.source).balance(MILL, LOT.split('/10/')[0]!, window);
    expect(books.balances).toMatchObject([{ unit: 'KGM', in: 40, out: 95, gap: 55, stock: 0 }]);
    expect(books.balances[0]!.evidence).toHaveLength(3);
  });
});

function anyCriteria(random: Random, from: number): RecallCriteria {
  if (random.below(2) === 0) return { items: [anyItem(random), anyItem(random)] };
  const hour = (minute: number): Date => new Date(Date.UTC(2026, 0, 5) + minute * 60_000);
  return {
    sites: [SITES[random.below(SITES.length)]!],
    from: hour(from),
    to: hour(from + 1 + random.below(20)),
  };
}

/** What the criteria name, read off the events themselves. */
function startsOf({ items = [], sites, from, to }: RecallCriteria, events: readonly EpcisEvent[]): string[] {
  const handled = events.filter((event) => {
    const time = new Date(event.eventTime);
    return sites?.includes(event.readPoint!.id) && from! <= time && time < to!;
  });
  return [...(items ?? []), ...handled.flatMap(namedBy)];
}

function namedBy(event: EpcisEvent): string[] {
  const classes = [
    event.quantityList,
    event.childQuantityList,
    event.inputQuantityList,
    event.outputQuantityList,
  ];
  const lists = [event.epcList, event.childEPCs, event.inputEPCList, event.outputEPCList].flatMap(
    (list) => list ?? [],
  );
  return [
    ...lists,
    ...(event.parentID ? [event.parentID] : []),
    ...classes.flatMap((list) => (list ?? []).map(({ epcClass }) => epcClass)),
  ];
}
