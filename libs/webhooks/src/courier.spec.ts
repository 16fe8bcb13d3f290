import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createLogger } from '@tallyhouse/config';
import { startPostgres, type LocalPostgres } from '@tallyhouse/testing';
import type { DataSource } from 'typeorm';
import { migrationDataSource } from '../../../migrations/data-source.js';
import { startReceiver, type Receiver } from '../test/receiver.js';
import { Courier, defaultCourierSettings } from './courier.js';
import { addDelivery, DeliveryRepository } from './delivery.repository.js';
import { addEndpoint, listEndpoints, removeEndpoint } from './endpoint.repository.js';

const START = new Date('2026-03-01T08:00:00Z');
const logger = createLogger({ logLevel: 'silent' }, 'test');
const tick = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 2));
const settings = { ...defaultCourierSettings, maxAttempts: 3, lookMs: 2 };

describe('the courier', () => {
  let postgres: LocalPostgres;
  let url: string;
  let source: DataSource;
  let receiver: Receiver;
  let now: Date;
  let deliveries: DeliveryRepository;

  beforeAll(async () => {
    [postgres, receiver] = await Promise.all([startPostgres(), startReceiver()]);
    url = await postgres.createTestDatabase('courier');
    source = await migrationDataSource(url).initialize();
    await source.runMigrations();
    deliveries = new DeliveryRepository(source);
  }, 60_000);
  beforeEach(async () => {
    await source.query('TRUNCATE webhook_endpoint CASCADE');
    now = START;
    receiver.received.length = 0;
    receiver.answer((_, response) => void response.writeHead(204).end());
  });
  afterAll(async () => {
    await source.destroy();
    await Promise.all([postgres.stop(), receiver.stop()]);
  });

  const policy = () => ({ trustedOrigins: [receiver.origin], timeoutMs: 300 });
  const courier = (of = deliveries) =>
    new Courier(of, policy(), { now: () => now, pause: tick }, logger, settings);
  const later = (ms: number): void => void (now = new Date(now.getTime() + ms));
  const bodies = (): string[] => receiver.received.map(({ body }) => body.toString());
  const endpoint = (path = '/hook'): Promise<string> =>
    addEndpoint(
      source.manager,
      {
        purpose: 'test',
        partner: '0xA1',
        url: receiver.origin + path,
        secret: null,
        signatureHeader: 'x-s',
        keepsHistory: false,
      },
      now,
    );
  const add = async (endpointId: string, ...texts: string[]): Promise<void> => {
    for (const text of texts) {
      const message = { endpointId, contentType: 'text/plain', body: Buffer.from(text) };
      await addDelivery(source.manager, message, now);
    }
  };

  it('brings messages in the order in which they were made, each once', async () => {
    const id = await endpoint();
    await add(id, 'one', 'two', 'three');
    expect(await courier().run()).toBe(true);
    expect(bodies()).toEqual(['one', 'two', 'three']);
    expect(receiver.received[0]!.headers['x-s']).toBeUndefined();
    expect(await courier().run()).toBe(false);
    expect(await listEndpoints(source.manager, { partner: '0xa1' })).toMatchObject([
      { id, waiting: 0, dead: 0, lastDeliveredAt: START },
    ]);
  });

  it('tries the first again with growing pauses before the next has its turn', async () => {
    await add(await endpoint(), 'one', 'two');
    receiver.answer((_, response) => void response.writeHead(500).end());
    await courier().run();
    later(9_999);
    await courier().run();
    expect(bodies()).toEqual(['one']);
    later(1);
    await courier().run();
    later(19_999);
    await courier().run();
    expect(bodies()).toEqual(['one', 'one']);
    receiver.answer((_, response) => void response.writeHead(204).end());
    later(1);
    await courier().run();
    expect(bodies()).toEqual(['one', 'one', 'one', 'two']);
    const ids = receiver.received.map(({ deliveryId, attempt }) => `${deliveryId} ${attempt}`);
    expect(new Set(receiver.received.slice(0, 3).map(({ deliveryId }) => deliveryId)).size).toBe(1);
    expect(ids[2]).toMatch(/ 3$/);
  });

  it('gives a message up after so many attempts, and sends it again when told to', async () => {
    const id = await endpoint();
    await add(id, 'one', 'two');
    receiver.answer(
      ({ body }, response) => void response.writeHead(String(body) === 'one' ? 400 : 204).end(),
    );
    for (let attempt = 0; attempt < 3; attempt++) {
      await courier().run();
      later(60_000);
    }
    expect(bodies()).toEqual(['one', 'one', 'one', 'two']);
    const [dead] = await deliveries.dead(id, 10);
    expect(dead).toMatchObject({
      attempts: 3,
      lastError: 'the webhook answered 400',
      partner: '0xa1',
      bytes: 3,
    });
    expect(await courier().run()).toBe(false);
    receiver.answer((_, response) => void response.writeHead(204).end());
    expect(await deliveries.retry({ deliveryId: '00000000-0000-0000-0000-000000000000' }, now)).toBe(0);
    expect(await deliveries.retry({ endpointId: id, deliveryId: dead!.id }, now)).toBe(1);
    await courier().run();
    expect(receiver.received.at(-1)).toMatchObject({ deliveryId: dead!.id, attempt: 1 });
    expect(await deliveries.dead(null, 10)).toEqual([]);
  });

  it('keeps what was delivered long ago: how long is for housekeeping to say', async () => {
    const id = await endpoint();
    await add(id, 'one');
    await courier().run();
    later(40 * 86_400_000);
    await add(id, 'two');
    await courier().run();
    const kept: unknown = await source.query(
      `SELECT state, count(*)::integer AS count FROM webhook_delivery WHERE endpoint_id = $1 GROUP BY state`,
      [id],
    );
    expect(kept).toEqual([{ state: 'DELIVERED', count: 2 }]);
  });

  it('waits as long as the receiver asks', async () => {
    await add(await endpoint(), 'one');
    receiver.answer((_, response) => void response.writeHead(503, { 'retry-after': '300' }).end());
    await courier().run();
    later(299_000);
    expect(await courier().run()).toBe(false);
    later(1_000);
    expect(await courier().run()).toBe(true);
  });

  it('serves others while one webhook is slow', async () => {
    const [slow, quick] = [await endpoint('/slow'), await endpoint('/quick')];
    await add(slow, 'slow');
    await add(quick, 'a', 'b');
    receiver.answer(({ body }, response) => {
      if (String(body) !== 'slow') response.writeHead(204).end();
    });
    await courier().run();
    expect(bodies().toSorted()).toEqual(['a', 'b', 'slow']);
    const rows = await listEndpoints(source.manager);
    // Made at the same moment of the test's clock, the two may be listed in either order.
    expect(new Map(rows.map(({ id, waiting }) => [id, waiting]))).toEqual(
      new Map([
        [slow, 1],
        [quick, 0],
      ]),
    );
  });

  it('brings everything when several couriers work at once, in order still', async () => {
    const ids = await Promise.all(Array.from({ length: 5 }, (_, index) => endpoint(`/${index}`)));
    for (const id of ids) await add(id, ...Array.from({ length: 8 }, (_, index) => `${id} ${index}`));
    await Promise.all(Array.from({ length: 4 }, () => courier().run()));
    expect(bodies()).toHaveLength(40);
    for (const id of ids) {
      const own = bodies().filter((text) => text.startsWith(id));
      expect(own).toEqual(Array.from({ length: 8 }, (_, index) => `${id} ${index}`));
    }
  });

  it('brings again, under the same id, what a process took along that died in mid-delivery', async () => {
    await add(await endpoint(), 'one', 'two');
    const doomed = await migrationDataSource(url).initialize();
    receiver.answer(async (_, response) => {
      // The receiver has it; the process dies before it can note that.
      await doomed.destroy();
      response.writeHead(204).end();
    });
    await expect(courier(new DeliveryRepository(doomed)).run()).rejects.toThrow();
    receiver.answer((_, response) => void response.writeHead(204).end());
    expect(await courier().run()).toBe(false);
    later(settings.leaseMs);
    await courier().run();
    expect(bodies()).toEqual(['one', 'one', 'two']);
    expect(receiver.received[1]!.deliveryId).toBe(receiver.received[0]!.deliveryId);
  });

  it('forgets what waits for a webhook that is removed, while it is called too', async () => {
    const id = await endpoint();
    await add(id, 'one', 'two');
    receiver.answer(async (_, response) => {
      await removeEndpoint(source.manager, id);
      response.writeHead(204).end();
    });
    await courier().run();
    expect(bodies()).toEqual(['one']);
    expect(await removeEndpoint(source.manager, id)).toBe(false);
    expect(await source.query('SELECT FROM webhook_delivery')).toEqual([]);
  });
});
