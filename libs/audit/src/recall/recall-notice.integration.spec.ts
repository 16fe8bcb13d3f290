import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { createLogger } from '@tallyhouse/config';
import { gtin, lgtin, sgtin, type EpcisEvent } from '@tallyhouse/epcis';
import { addEndpoint, Courier, DeliveryRepository, isSignature } from '@tallyhouse/webhooks';
import { startReceiver, type Receiver } from '../../../webhooks/test/receiver.js';
import { openGraph, PARTNER, type GraphStore } from '../../test/graph-kit.js';
import { SITES } from '../../test/random-events.js';
import { RecallDrillService } from './recall-drill.service.js';
import { RecallPreviewReader } from './recall-preview.reader.js';
import { RecallProgressReader } from './recall-progress.reader.js';
import { RecallReader } from './recall.reader.js';
import { RECALL_WEBHOOK, RecallService } from './recall.service.js';

jest.setTimeout(120_000);

const CASE = gtin('9521141', '01234');
const LOT = lgtin(CASE, 'L7');
const SERIALS = ['1', '2', '3', '4'].map((serial) => sgtin(CASE, serial));
const SHOP = '0x00000000000000000000000000000000000000b2';
const START = new Date('2026-04-01T09:00:00Z');
const SECRET = randomBytes(32);
const after = (minutes: number): Date => new Date(START.getTime() + minutes * 60_000);
const at = (hour: number, site: string) => ({
  ...{ eventTime: new Date(Date.UTC(2026, 2, 1, hour)).toISOString(), eventTimeZoneOffset: '+00:00' },
  ...{ readPoint: { id: site }, bizLocation: { id: site } },
});
const MADE: readonly EpcisEvent[] = [
  {
    ...{
      ...at(1, SITES[0]!),
      type: 'ObjectEvent',
      action: 'ADD',
      bizStep: 'commissioning',
      epcList: SERIALS,
    },
    ilmd: { 'cbvmda:lotNumber': 'L7' },
  },
];
const SOLD: readonly EpcisEvent[] = [
  {
    ...{ ...at(5, SITES[1]!), type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'receiving' },
    epcList: SERIALS.slice(0, 3),
  },
  {
    ...{ ...at(9, SITES[1]!), type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'retail_selling' },
    ...{ disposition: 'retail_sold', epcList: SERIALS.slice(0, 1) },
  },
];

describe('a recall notice on a real Postgres and a real HTTP server', () => {
  let store: GraphStore;
  let receiver: Receiver;
  let service: RecallService;
  let reader: RecallReader;
  let drills: RecallDrillService;

  beforeAll(async () => {
    [store, receiver] = await Promise.all([openGraph(), startReceiver()]);
    await store.take(MADE);
    await store.take(SOLD, SHOP);
    service = new RecallService(store.source, new RecallPreviewReader(store.source));
    reader = new RecallReader(store.source);
    drills = new RecallDrillService(store.source);
    const { purpose, signatureHeader, keepsHistory } = RECALL_WEBHOOK;
    await addEndpoint(
      store.source.manager,
      { purpose, signatureHeader, keepsHistory, partner: SHOP, url: receiver.url, secret: SECRET },
      START,
    );
  }, 60_000);
  afterAll(async () => {
    await store.close();
    await receiver.stop();
  });

  /** A clock that shows the given minutes after the start, one a look. */
  const clockOf = (...minutes: number[]) => {
    const looks = minutes.map(after);
    return () => looks.shift() ?? after(minutes.at(-1)!);
  };
  const deliver = (now: Date): Promise<boolean> =>
    new Courier(
      new DeliveryRepository(store.source),
      { trustedOrigins: [receiver.origin] },
      { now: () => now, pause: () => Promise.resolve() },
      createLogger({ logLevel: 'silent' }, 'test'),
    ).run();
  const progressOf = async (id: string) =>
    new RecallProgressReader(store.source, reader).progress((await reader.find(id))!);

  it('reaches the webhook of who holds the goods, signed, with what is recalled by its hash', async () => {
    const id = await service.open(PARTNER, { items: [LOT] }, { clock: clockOf(0, 1) });
    await deliver(after(2));
    expect(receiver.received).toHaveLength(1);
    const [{ headers, body, deliveryId }] = receiver.received as [Receiver['received'][number]];
    const { affectedRoot, criteriaHash } = (await reader.find(id))!;
    expect(JSON.parse(body.toString())).toEqual({
      ...{ type: 'recall.opened', recallId: id, opener: PARTNER, partner: SHOP, items: 3 },
      ...{ affectedRoot, criteriaHash },
    });
    const signature = String(headers[RECALL_WEBHOOK.signatureHeader]);
    expect(isSignature(signature, SECRET, { deliveryId, body }, after(2))).toBe(true);
    const forged = Buffer.from(body.toString().replace('"items":3', '"items":0'));
    expect(isSignature(signature, SECRET, { deliveryId, body: forged }, after(2))).toBe(false);
    const [told] = (await reader.holders(id)).filter(({ partner }) => partner === SHOP);
    expect(told).toMatchObject({ toldAt: after(1), deliveredAt: after(2), acknowledgedTime: null });
  });

  it('is told once however often the same recall is opened, and answers on chain stand beside the delivery', async () => {
    const before = receiver.received.length;
    const id = await service.open(PARTNER, { items: [LOT] }, { clock: clockOf(10) });
    await deliver(after(11));
    expect(receiver.received).toHaveLength(before);
    await store.rows(`INSERT INTO recall_acknowledged VALUES (1, 8, '0x', 0, '0x', $3, $1, $2, 2000)`, [
      id,
      SHOP,
      after(12),
    ]);
    const [answered] = (await reader.holders(id)).filter(({ partner }) => partner === SHOP);
    expect(answered).toMatchObject({ deliveredAt: after(2), acknowledgedTime: after(12), recovered: 2 });
    await expect(drills.answer(id, SHOP, 1, after(13))).rejects.toThrow('it is no drill');
  });

  it('of a drill says that it is one, and its clock runs from begin to end', async () => {
    const id = await service.open(PARTNER, { items: [LOT] }, { clock: clockOf(20, 21), drill: true });
    await deliver(after(22));
    expect(JSON.parse(receiver.received.at(-1)!.body.toString())).toMatchObject({
      ...{ type: 'recall.drill', recallId: id, items: 3 },
    });
    expect(await progressOf(id)).toMatchObject({
      ...{ begunAt: after(20), listedAt: after(21), onChainAt: null, holders: 2, delivered: 1 },
      ...{ deliveredAt: after(22), answered: 0, endedAt: null },
      accounts: [{ uom: 'EA', affected: 4, gone: 1, located: 3, recovered: 0, accountedShare: 0.25 }],
    });
    await drills.answer(id, SHOP, 1, after(30));
    await drills.answer(id, SHOP, 2, after(31));
    await drills.answer(id, PARTNER, 1, after(32));
    expect(await progressOf(id)).toMatchObject({
      ...{ answered: 2, answeredAt: after(32) },
      accounts: [{ recovered: 3, accountedShare: 1 }],
    });
    await expect(drills.end(id, SHOP, 'mine', after(33))).rejects.toThrow('only its opener');
    await drills.end(id, PARTNER, 'all found', after(34));
    expect(await reader.find(id)).toMatchObject({ state: 'CLOSED', outcome: 'all found', drill: true });
    expect((await progressOf(id)).endedAt).toEqual(after(34));
    await expect(drills.answer(id, SHOP, 3, after(35))).rejects.toThrow('has ended');
    const early = { kind: 'TIME', time: after(33) } as const;
    expect((await reader.find(id, early))!.state).toBe('OPEN');
  });

  it('each drill is one of its own, and none waits for the chain', async () => {
    const first = await service.open(PARTNER, { items: [LOT] }, { clock: clockOf(40), drill: true });
    const second = await service.open(PARTNER, { items: [LOT] }, { clock: clockOf(50), drill: true });
    expect(second).not.toBe(first);
    const { RecallOutbox } = await import('./recall-outbox.repository.js');
    const waiting = await new RecallOutbox(store.source).unopened();
    expect(waiting.map(({ id }) => id)).not.toContain(first);
    await expect(drills.answer(first, SHOP, -1, after(51))).rejects.toThrow('recovered: -1');
    await expect(drills.end('0xffff', SHOP, '', after(51))).rejects.toThrow('there is none');
  });
});
