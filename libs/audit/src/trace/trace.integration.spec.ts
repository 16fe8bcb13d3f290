import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { seededRandom, type Random } from '@tallyhouse/compute';
import { gtin, gtinClass, sscc, type EpcisEvent } from '@tallyhouse/epcis';
import { openGraph, type GraphStore } from '../../test/graph-kit.js';
import { anyItem, randomEvents, SITES } from '../../test/random-events.js';
import { taintOf } from '../../test/taint.js';
import type { TraceDirection } from './walk.js';

const BOUNDS = { maxDepth: 50, maxNodes: 5_000 };
const GTIN = gtinClass(gtin('9521141', '01234'));
const PALLET = sscc('9521141', '000000001');
const [MILL, STORE] = [SITES[0]!, SITES[1]!];
const minute = (at: number): string => new Date(Date.UTC(2026, 1, 1, 8, at)).toISOString();
const at = (time: number, site = MILL) => ({
  ...{ eventTime: minute(time), eventTimeZoneOffset: '+00:00', readPoint: { id: site } },
});

/** Milk becomes cheese of lot C1 with serials, which go on a pallet to a store and are taken out there. */
const DAIRY: readonly EpcisEvent[] = [
  {
    ...at(0),
    ...{
      type: 'TransformationEvent',
      inputQuantityList: [{ epcClass: `${GTIN}/10/MILK`, quantity: 90, uom: 'KGM' }],
    },
    outputQuantityList: [{ epcClass: `${GTIN}/10/C1`, quantity: 10, uom: 'KGM' }],
  },
  {
    ...at(1),
    ...{
      type: 'ObjectEvent',
      action: 'ADD',
      bizStep: 'commissioning',
      epcList: [`${GTIN}/21/1`, `${GTIN}/21/2`],
    },
    ilmd: { 'cbvmda:lotNumber': 'C1' },
  },
  {
    ...at(2),
    type: 'AggregationEvent',
    action: 'ADD',
    parentID: PALLET,
    childEPCs: [`${GTIN}/21/1`, `${GTIN}/21/2`],
  },
  {
    ...at(3),
    ...{ type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'shipping', epcList: [PALLET] },
    destinationList: [{ type: 'location', destination: STORE }],
  },
  { ...at(5, STORE), type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'receiving', epcList: [PALLET] },
  { ...at(6, STORE), type: 'AggregationEvent', action: 'DELETE', parentID: PALLET },
  { ...at(7), type: 'AggregationEvent', action: 'ADD', parentID: PALLET, childEPCs: [`${GTIN}/21/3`] },
];

jest.setTimeout(120_000);

describe('trace on a real Postgres', () => {
  let store: GraphStore;
  beforeAll(async () => {
    store = await openGraph();
  }, 60_000);
  beforeEach(() => store.empty());
  afterAll(() => store.close());

  const trace = async (uri: string, direction: TraceDirection, bounds = BOUNDS) =>
    store.traces.trace([uri], direction, bounds);
  const uris = async (uri: string, direction: TraceDirection): Promise<string[]> =>
    (await trace(uri, direction)).nodes.map((node) => node.uri.replace(`${GTIN}/`, '')).sort();

  it('goes from a raw material through what was made of it to where it is', async () => {
    await store.take(DAIRY);
    const { nodes, edges, truncated } = await trace(`${GTIN}/10/MILK`, 'FORWARD');
    expect(truncated).toBeNull();
    const presence = Object.fromEntries(nodes.map((node) => [node.uri, `${node.presence} ${node.depth}`]));
    expect(presence).toMatchObject({
      [`${GTIN}/10/C1`]: 'ITEM 2',
      [`${GTIN}/21/1`]: 'ITEM 3',
      [PALLET]: 'HOLDER 4',
      [STORE]: 'PLACE 5',
    });
    expect(nodes.some(({ uri }) => uri.endsWith('/21/3'))).toBe(false);
    expect(edges.find(({ kind }) => kind === 'OUTPUT')).toMatchObject({ quantity: 10, uom: 'KGM' });
    const inside = edges.find(({ kind, source }) => kind === 'AGGREGATION' && source.endsWith('/21/1'));
    expect(inside).toMatchObject({ validFrom: new Date(minute(2)), validTo: new Date(minute(6)) });
  });

  it('goes back from a serial to what it was made of, and from a site to what came there', async () => {
    await store.take(DAIRY);
    const origin = await uris(`${GTIN}/21/2`, 'BACKWARD');
    expect(origin).toEqual(expect.arrayContaining(['10/C1', '10/MILK', MILL, PALLET]));
    expect(origin).not.toContain('21/1');
    expect(await uris(STORE, 'BACKWARD')).toEqual(expect.arrayContaining([PALLET, '21/1', '10/MILK']));
    expect(await uris(MILL, 'FORWARD')).toEqual(expect.arrayContaining([PALLET, '21/1', STORE]));
  });

  it('ends at cycles, at the depth and at the number of nodes asked for, and says so', async () => {
    await store.take(DAIRY);
    await store.take([
      {
        ...at(8),
        type: 'TransformationEvent',
        inputEPCList: [`${GTIN}/21/1`],
        outputEPCList: [`${GTIN}/21/9`],
      },
      {
        ...at(9),
        type: 'TransformationEvent',
        inputEPCList: [`${GTIN}/21/9`],
        outputEPCList: [`${GTIN}/21/1`],
      },
    ]);
    expect((await trace(`${GTIN}/21/1`, 'FORWARD')).truncated).toBeNull();
    const shallow = await trace(`${GTIN}/10/MILK`, 'FORWARD', { ...BOUNDS, maxDepth: 2 });
    expect(shallow.truncated).toBe('DEPTH');
    expect(Math.max(...shallow.nodes.map(({ depth }) => depth))).toBe(2);
    const few = await trace(`${GTIN}/10/MILK`, 'FORWARD', { ...BOUNDS, maxNodes: 4 });
    expect({ truncated: few.truncated, count: few.nodes.length }).toEqual({ truncated: 'NODES', count: 4 });
    const whole = await trace('urn:nobody:knows', 'FORWARD');
    expect(whole).toMatchObject({
      nodes: [{ uri: 'urn:nobody:knows', depth: 0 }],
      edges: [],
      truncated: null,
    });
  });

  it('refuses what it cannot answer', async () => {
    for (const [uri, maxDepth, field] of [
      ['', 1, 'uri'],
      ['a\0b', 1, 'uri'],
      ['a', 51, 'maxDepth'],
      ['a', -1, 'maxDepth'],
    ] as const)
      await expect(trace(uri, 'FORWARD', { ...BOUNDS, maxDepth })).rejects.toThrow(field);
    await expect(trace('a', 'FORWARD', { maxDepth: 1, maxNodes: 0 })).rejects.toThrow('maxNodes');
  });

  it('finds what playing the events in order finds, for any events', async () => {
    const random = seededRandom(20_261_124);
    for (let world = 0; world < 2; world++) {
      await store.empty();
      const events = randomEvents(random, 120);
      await store.take(shuffled(events, random));
      for (let question = 0; question < 12; question++) {
        const start = anyItem(random);
        const expected = taintOf([start], events);
        const { nodes, truncated } = await trace(start, 'FORWARD');
        const found = (...presences: string[]): string[] =>
          nodes.filter(({ presence }) => presences.includes(presence)).map(({ uri }) => uri);
        expect(truncated).toBeNull();
        expect(found('ITEM', 'PORTION').sort()).toEqual([...expected.items].sort());
        const held = [...expected.holders].filter((uri) => !expected.items.has(uri)).sort();
        expect(found('HOLDER').sort()).toEqual(held);
      }
    }
  });

  it('makes the same graph afresh, and when an event is taken twice', async () => {
    await store.take(randomEvents(seededRandom(7), 150));
    const graph = () => store.rows('SELECT * FROM edge ORDER BY seq, ordinal');
    const first = await graph();
    await store.builder.rebuild();
    expect(await store.rows('SELECT * FROM edge')).toEqual([]);
    await store.builder.run();
    expect(await graph()).toEqual(first);
    await store.rows(
      'INSERT INTO edge_queue (seq, event_id, event_time) SELECT seq, id, event_time FROM epcis_event',
    );
    await store.builder.run();
    expect(await graph()).toEqual(first);
  });

  it('drops what a partner declared wrong, and still knows what was believed before', async () => {
    await store.take(DAIRY);
    await store.rows("UPDATE epcis_event SET record_time = '2026-03-01Z'");
    await store.builder.rebuild();
    await store.builder.run();
    const wrong = DAIRY[0]!;
    const errorDeclaration = { declarationTime: '2026-04-01T00:00:00Z', reason: 'incorrect_data' };
    await store.take([{ ...wrong, errorDeclaration }]);
    expect(await uris(`${GTIN}/10/MILK`, 'FORWARD')).toEqual(['10/MILK']);
    const asOf = { kind: 'TIME', time: new Date('2026-03-02Z') } as const;
    const before = await store.traces.trace([`${GTIN}/10/MILK`], 'FORWARD', BOUNDS, asOf);
    expect(before.nodes.length).toBeGreaterThan(4);
    const long = { kind: 'TIME', time: new Date('2026-02-28Z') } as const;
    expect((await store.traces.trace([`${GTIN}/10/MILK`], 'FORWARD', BOUNDS, long)).nodes).toHaveLength(1);
  });

  it('as of a block counts what was on chain by then, and forgets it when the block is undone', async () => {
    await store.take(DAIRY);
    const root = `0x${'ab'.repeat(32)}`;
    await store.rows(`INSERT INTO anchor_batch (partner, submitter, seq, root, count, prev_head, head, schema_id, uri, sealed_at)
      VALUES ('p', 's', 1, '${root}', 3, '', '', '', '', now())`);
    await store.rows(`INSERT INTO anchor_leaf (batch_id, leaf_index, event_id, event_time, leaf)
      SELECT b.id, row_number() OVER (ORDER BY e.seq) - 1, e.id, e.event_time, sha256(e.id::text::bytea)
      FROM anchor_batch b, (SELECT * FROM epcis_event ORDER BY seq LIMIT 3) e`);
    await store.rows(
      `INSERT INTO trace_anchored VALUES (1, 40, '0x', 0, '0x', now(), 'p', '${root}', 1, 3, '', '', '', 's', '')`,
    );
    const asOfBlock = async (block: bigint) =>
      (await store.traces.trace([`${GTIN}/10/MILK`], 'FORWARD', BOUNDS, { kind: 'BLOCK', block })).nodes
        .length;
    expect(await asOfBlock(39n)).toBe(1);
    const anchored = await asOfBlock(40n);
    expect(anchored).toBeGreaterThan(4);
    expect(anchored).toBeLessThan((await trace(`${GTIN}/10/MILK`, 'FORWARD')).nodes.length);
    const [first] = await store.rows<{ leaf: Buffer }>(
      'SELECT leaf FROM anchor_leaf ORDER BY leaf_index LIMIT 1',
    );
    await store.rows(`INSERT INTO trace_error_declared VALUES
      (1, 50, '0x', 0, '0x', now(), 'p', '${root}', '0x${first!.leaf.toString('hex')}', 0, 'wrong', 's')`);
    expect([await asOfBlock(49n), await asOfBlock(50n)]).toEqual([anchored, 1]);
    expect((await trace(`${GTIN}/10/MILK`, 'FORWARD')).nodes).toHaveLength(1);
    await store.rows('DELETE FROM trace_error_declared');
    expect(await asOfBlock(50n)).toBe(anchored);
  });
});

function shuffled<Entry>(list: readonly Entry[], random: Random): Entry[] {
  const left = [...list];
  return list.map(() => left.splice(random.below(left.length), 1)[0]!);
}
