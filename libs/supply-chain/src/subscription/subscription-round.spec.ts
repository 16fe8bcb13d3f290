import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { createLogger } from '@tallyhouse/config';
import type { EpcisEvent } from '@tallyhouse/epcis';
import { Courier, DeliveryRepository } from '@tallyhouse/webhooks';
import { startReceiver, type Receiver } from '../../../webhooks/test/receiver.js';
import { openStore, PARTNER, shipment, type TestStore } from '../../test/capture-kit.js';
import { CaptureService } from '../capture/capture.service.js';
import { NamedQueryRepository } from '../query/named-query.repository.js';
import { FEED_START, numberCaptures } from './capture-feed.repository.js';
import { parseControls } from './controls.js';
import { SubscriptionRound } from './subscription-round.service.js';
import { SUBSCRIPTIONS_A_PARTNER, SubscriptionRepository } from './subscription.repository.js';

jest.setTimeout(60_000);

const START = new Date('2026-03-01T08:00:00Z');
const MINUTE = 60_000;
const EVENT_TIME = '2026-01-05T08:00:00Z';
const context = ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'];
const partner = PARTNER.toLowerCase();

describe('subscriptions to a named query', () => {
  let store: TestStore;
  let receiver: Receiver;
  let now: Date;
  let base = 0;
  let captures: CaptureService;
  let subscriptions: SubscriptionRepository;
  let queries: NamedQueryRepository;
  let round: SubscriptionRound;

  beforeAll(async () => {
    [store, receiver] = await Promise.all([openStore(), startReceiver()]);
    captures = new CaptureService(store.source);
    subscriptions = new SubscriptionRepository(store.source);
    queries = new NamedQueryRepository(store.source);
    round = new SubscriptionRound(store.source);
  }, 60_000);
  beforeEach(async () => {
    await store.rows('DELETE FROM named_query');
    // Events of one test are not those of another; emptying the tables of all years takes longer than the tests.
    base += 10_000;
    receiver.received.length = 0;
    receiver.answer((_, response) => void response.writeHead(200).end());
    now = START;
    await queries.create('shipments', partner, { EQ_bizStep: ['shipping'] }, now);
  });
  afterAll(async () => {
    await Promise.all([store.close(), receiver.stop()]);
  });

  const event = (number: number): EpcisEvent => ({ ...shipment(base + number), eventTime: EVENT_TIME });
  const later = (ms: number): void => void (now = new Date(now.getTime() + ms));
  const document = (eventList: readonly EpcisEvent[]) => ({
    ...{
      '@context': context,
      type: 'EPCISDocument',
      schemaVersion: '2.0',
      creationDate: '2026-03-01T08:00:00Z',
    },
    epcisBody: { eventList },
  });
  const capture = async (...numbers: number[]): Promise<void> => {
    const events = numbers.map((number) => event(number));
    const job = await captures.capture(document(events), { partner: PARTNER, errorBehaviour: 'ROLLBACK' });
    expect(job.stored).toBe(numbers.length);
  };
  const subscribe = (raw: Record<string, unknown> = { stream: true }): Promise<string> =>
    subscriptions.create(
      {
        queryName: 'shipments',
        partner,
        dest: receiver.url,
        signatureToken: null,
        controls: parseControls(raw, now),
      },
      now,
    );
  const deliver = async (): Promise<void> => {
    const policy = { trustedOrigins: [receiver.origin] };
    const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 2));
    const clock = { now: () => now, pause };
    const logger = createLogger({ logLevel: 'silent' }, 'test');
    const courier = new Courier(new DeliveryRepository(store.source), policy, clock, logger);
    do await courier.run();
    while ((await round.run(now)) > 0);
  };
  interface Told {
    readonly queryName: string;
    readonly subscriptionID: string;
    readonly resultsBody: { readonly eventList: EpcisEvent[] };
  }
  const told = (): Told[] =>
    receiver.received.map(({ body }) => {
      const { epcisBody } = JSON.parse(String(body)) as { epcisBody: { queryResults: Told } };
      return epcisBody.queryResults;
    });
  const serials = (): string[][] =>
    told().map(({ resultsBody }) =>
      resultsBody.eventList.map(({ epcList }) => String(Number(epcList![0]!.split('/21/')[1]) - base)),
    );

  it('tell of what is captured from then on, capture by capture, in the order of the document', async () => {
    await capture(1);
    const id = await subscribe();
    await capture(5, 3, 4);
    await deliver();
    await capture(2);
    const other = { ...event(9), bizStep: 'receiving', disposition: 'in_progress' };
    await captures.capture(document([other]), { partner: PARTNER, errorBehaviour: 'ROLLBACK' });
    await deliver();
    await deliver();
    expect(serials()).toEqual([['5', '3', '4'], ['2']]);
    expect(told()[0]).toMatchObject({ queryName: 'shipments', subscriptionID: id });
    expect(await subscriptions.find('shipments', id)).toMatchObject({
      waiting: 0,
      dead: 0,
      lastDeliveredAt: now,
    });
  });

  it('tell of a capture that began first and ended last', async () => {
    await subscribe();
    let goOn = (): void => undefined;
    const rest = new Promise<void>((resolve) => (goOn = resolve));
    const [open, close] = JSON.stringify(document([])).split('[]') as [string, string];
    async function* slowly(): AsyncGenerator<Uint8Array> {
      yield Buffer.from(`${open}[${JSON.stringify(event(1))}`);
      await rest;
      yield Buffer.from(`]${close}`);
    }
    const long = captures.captureStream(slowly(), { partner: PARTNER, errorBehaviour: 'ROLLBACK' });
    await capture(2);
    await deliver();
    goOn();
    await long;
    await deliver();
    expect(serials()).toEqual([['2'], ['1']]);
  });

  it('begin in the past when they are told to', async () => {
    await capture(1);
    const [{ at }] = (await store.rows<{ at: Date }>('SELECT max(created_at) AS at FROM capture_job')) as [
      { at: Date },
    ];
    const before = new Date(at.getTime() - 1).toISOString();
    const after = new Date(at.getTime() + 1).toISOString();
    now = new Date();
    await subscribe({ stream: true, initialRecordTime: before });
    await subscribe({ stream: true, initialRecordTime: after });
    await subscribe({ stream: true, initialRecordTime: new Date(now.getTime() + 3_600_000).toISOString() });
    await capture(2);
    await deliver();
    expect(new Set(serials().map(String))).toEqual(new Set(['1,2', '2']));
    expect(told()).toHaveLength(2);
  });

  it('tell at the moments of a schedule all that came since, and of nothing only when asked', async () => {
    const quiet = await subscribe({ schedule: { minute: '30' } });
    await subscribe({ schedule: { minute: '30' }, reportIfEmpty: true });
    await capture(1);
    await capture(2);
    await deliver();
    expect(told()).toEqual([]);
    later(30 * MINUTE);
    await deliver();
    expect(serials()).toEqual([
      ['1', '2'],
      ['1', '2'],
    ]);
    later(30 * MINUTE);
    await deliver();
    expect(told()).toHaveLength(2);
    later(30 * MINUTE);
    await deliver();
    expect(serials().slice(2)).toEqual([[]]);
    const { nextAt } = (await subscriptions.find('shipments', quiet))!;
    expect(nextAt).toEqual(new Date('2026-03-01T10:30:00Z'));
  });

  it('divide what is much, and bring it all', async () => {
    await subscribe({ stream: true });
    await subscribe({ schedule: { hour: '9' }, reportIfEmpty: true });
    const numbers = Array.from({ length: 250 }, (_, index) => index);
    for (let from = 0; from < numbers.length; from += 125) await capture(...numbers.slice(from, from + 125));
    await deliver();
    const inOrder = () =>
      serials()
        .flat()
        .map(Number)
        .toSorted((a, b) => a - b);
    expect(told().every(({ resultsBody }) => resultsBody.eventList.length <= 100)).toBe(true);
    expect(inOrder()).toEqual(numbers);
    receiver.received.length = 0;
    later(60 * MINUTE);
    await deliver();
    expect(inOrder()).toEqual(numbers);
  });

  it('find the few among many that do not match', async () => {
    await queries.create('seven', partner, { MATCH_epc: [event(7).epcList![0]!] }, now);
    const controls = parseControls({ stream: true }, now);
    const asked = { queryName: 'seven', partner, dest: receiver.url, signatureToken: null, controls };
    await subscriptions.create(asked, now);
    await capture(...Array.from({ length: 1_100 }, (_, index) => index + 100));
    await capture(7);
    await deliver();
    expect(serials()).toEqual([['7']]);
  });

  it('keep no more than ten messages for a webhook that takes none, and lose nothing by that', async () => {
    await subscribe();
    receiver.answer((_, response) => void response.writeHead(500).end());
    for (let number = 0; number < 15; number++) {
      await capture(number);
      await round.run(now);
    }
    await deliver();
    expect(await store.count('webhook_delivery')).toBe(10);
    receiver.received.length = 0;
    receiver.answer((_, response) => void response.writeHead(204).end());
    later(10_000);
    await new Courier(
      new DeliveryRepository(store.source),
      { trustedOrigins: [receiver.origin] },
      { now: () => now, pause: () => new Promise((resolve) => setTimeout(resolve, 2)) },
      createLogger({ logLevel: 'silent' }, 'test'),
    ).run();
    await deliver();
    expect(serials().flat()).toEqual(Array.from({ length: 15 }, (_, number) => String(number)));
  });

  it('make each message once though several rounds run at once', async () => {
    await subscribe();
    for (let number = 0; number < 5; number++) await capture(number);
    await Promise.all(Array.from({ length: 4 }, () => round.run(now)));
    await deliver();
    expect(serials().flat()).toEqual(['0', '1', '2', '3', '4']);
  });

  it('end with their query and when they are deleted, with all that waits', async () => {
    const [first, second] = [await subscribe(), await subscribe()];
    await capture(1);
    await round.run(now);
    expect(await subscriptions.remove(first)).toBe(true);
    expect(await subscriptions.find('shipments', first)).toBeUndefined();
    expect((await subscriptions.find('shipments', second))?.waiting).toBe(1);
    await queries.remove('shipments', partner);
    for (const table of ['query_subscription', 'webhook_endpoint', 'webhook_delivery']) {
      expect([table, await store.count(table)]).toEqual([table, 0]);
    }
  });

  it('are a hundred for a partner at most, and listed in pages', async () => {
    for (let count = 0; count < SUBSCRIPTIONS_A_PARTNER; count++) await subscribe();
    await expect(subscribe()).rejects.toMatchObject({ code: 'SUBSCRIPTION_COUNT_EXCEEDED' });
    const page = await subscriptions.list('shipments', partner, 60);
    const rest = await subscriptions.list('shipments', partner, 60, page.nextPageToken);
    expect([page.subscriptions.length, rest.subscriptions.length, rest.nextPageToken]).toEqual([
      60,
      40,
      undefined,
    ]);
    expect((await subscriptions.list('shipments', OTHER, 60)).subscriptions).toEqual([]);
    await expect(subscriptions.list('shipments', partner, 60, 'x')).rejects.toMatchObject({
      code: 'PAGE_TOKEN_INVALID',
    });
  });

  it('number captures in the order of their end, whoever numbers them', async () => {
    expect(FEED_START.position).toBe('0');
    await capture(1);
    const first = await numberCaptures(store.source);
    await capture(2);
    const heads = await Promise.all([numberCaptures(store.source), numberCaptures(store.source)]);
    expect(new Set(heads).size).toBe(1);
    expect(BigInt(heads[0]!)).toBeGreaterThan(BigInt(first));
  });
});

const OTHER = '0x00000000000000000000000000000000000000b2';
