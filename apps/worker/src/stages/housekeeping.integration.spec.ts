import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createLogger } from '@tallyhouse/config';
import { coverYears } from '@tallyhouse/database';
import { CaptureService } from '@tallyhouse/supply-chain';
import { startPostgres, type LocalPostgres } from '@tallyhouse/testing';
import { addDelivery, addEndpoint } from '@tallyhouse/webhooks';
import type { DataSource } from 'typeorm';
import { migrationDataSource } from '../../../../migrations/data-source.js';
import { HousekeepingStage } from './housekeeping.stage.js';

const DAY_MS = 86_400_000;
const PARTNER = '0x00000000000000000000000000000000000000a1';
const KEEP_ALL = { documentsDays: undefined, refusalsDays: undefined, deliveriesDays: undefined };

const documentOf = (serial: number, action = 'OBSERVE'): Buffer =>
  Buffer.from(
    JSON.stringify({
      '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'],
      ...{ type: 'EPCISDocument', schemaVersion: '2.0', creationDate: '2026-03-01T08:00:00Z' },
      epcisBody: {
        eventList: [
          {
            ...{ type: 'ObjectEvent', action, bizStep: 'shipping', disposition: 'in_transit' },
            ...{ eventTime: '2026-03-01T08:00:00Z', eventTimeZoneOffset: '+01:00' },
            epcList: [`https://id.gs1.org/01/09521141000014/21/${serial}`],
          },
        ],
      },
    }),
  );

describe('housekeeping', () => {
  let postgres: LocalPostgres;
  let source: DataSource;
  const now = new Date();
  const later = (days: number): Date => new Date(now.getTime() + days * DAY_MS);

  beforeAll(async () => {
    postgres = await startPostgres();
    source = await migrationDataSource(await postgres.createTestDatabase('housekeeping')).initialize();
    await source.runMigrations();
    const captures = new CaptureService(source);
    const options = { partner: PARTNER, errorBehaviour: 'ROLLBACK' } as const;
    for (const serial of [1, 2]) await captures.capture(documentOf(serial), options);
    const refused = await captures.capture(documentOf(3, 'WRONG'), options);
    expect(refused.state).toBe('FAILED');
    for (const keepsHistory of [false, true]) {
      const about = { purpose: 'test', partner: PARTNER, url: 'https://x.example', secret: null };
      const endpoint = { ...about, signatureHeader: 'x-s', keepsHistory };
      const endpointId = await addEndpoint(source.manager, endpoint, now);
      for (const text of ['waits', 'was delivered'])
        await addDelivery(
          source.manager,
          { endpointId, contentType: 'text/plain', body: Buffer.from(text) },
          now,
        );
    }
    await source.query(
      `UPDATE webhook_delivery SET state = 'DELIVERED', body = NULL, due_at = NULL, delivered_at = $1
       WHERE convert_from(body, 'UTF8') = 'was delivered'`,
      [now],
    );
  }, 240_000);
  afterAll(async () => {
    await source?.destroy();
    await postgres?.stop();
  });

  const count = async (what: string): Promise<number> => {
    const [row]: [{ count: number }] = await source.query(`SELECT count(*)::int AS count FROM ${what}`);
    return row.count;
  };
  const counts = async (): Promise<number[]> =>
    Promise.all(
      ['capture_document', 'capture_job', 'capture_error', 'webhook_delivery', 'epcis_event'].map(count),
    );
  const stage = (retention: ConstructorParameters<typeof HousekeepingStage>[0]): HousekeepingStage =>
    new HousekeepingStage(retention, source, createLogger({ logLevel: 'silent' }, 'spec'));

  it('keeps everything for ever unless it is told otherwise', async () => {
    const before = await counts();
    await stage(KEEP_ALL).run(later(10_000));
    expect(await counts()).toEqual(before);
    expect(before).toEqual([2, 3, expect.any(Number), 4, 2]);
    expect(before[2]).toBeGreaterThan(0);
  }, 120_000);

  it('clears away what is older, says how much of what, and leaves all that proofs need', async () => {
    const retention = { documentsDays: 30, refusalsDays: 10, deliveriesDays: 5 };
    await stage(retention).run(later(10_001));
    expect(await counts()).toEqual([0, 2, 0, 3, 2]);
    expect(await count('event_item')).toBe(2);
    expect(await count('anchor_queue')).toBe(2);
    const said: { kind: string; count: string }[] = await source.query(
      `SELECT kind, count FROM housekeeping WHERE kind IN ('DOCUMENTS', 'REFUSALS', 'DELIVERIES') ORDER BY seq`,
    );
    expect(said.map(({ kind, count: gone }) => [kind, Number(gone)])).toEqual([
      ...[
        ['DOCUMENTS', 2],
        ['REFUSALS', 1],
        ['DELIVERIES', 1],
      ],
    ]);
  }, 120_000);

  it('leaves what is younger', async () => {
    await new CaptureService(source).capture(documentOf(4), { partner: PARTNER, errorBehaviour: 'ROLLBACK' });
    await source.query('DELETE FROM housekeeping');
    await stage({ ...KEEP_ALL, documentsDays: 30 }).run(later(29));
    expect(await count('capture_document')).toBe(1);
  }, 120_000);

  it('keeps cleared away what was, and said, when it is stopped on the way, and goes on at the next look', async () => {
    await source.query('DELETE FROM housekeeping');
    await source.query('DELETE FROM webhook_delivery');
    await source.query(
      `INSERT INTO webhook_delivery (id, endpoint_id, content_type, created_at, state, delivered_at)
       SELECT gen_random_uuid(), e.id, 'text/plain', $1, 'DELIVERED', $1
       FROM webhook_endpoint e, generate_series(1, 2500) WHERE NOT e.keeps_history`,
      [now],
    );
    await source.query(
      `CREATE FUNCTION stop_at_last() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN
         IF NOT EXISTS (SELECT FROM webhook_delivery) THEN RAISE EXCEPTION 'stopped on the way'; END IF;
         RETURN NULL;
       END $$`,
    );
    await source.query(
      `CREATE TRIGGER stop_at_last AFTER DELETE ON webhook_delivery FOR EACH STATEMENT EXECUTE FUNCTION stop_at_last()`,
    );
    const house = stage({ ...KEEP_ALL, deliveriesDays: 1 });
    await expect(house.run(later(15_000))).rejects.toThrow(/stopped on the way/);
    const said = (): Promise<object[]> =>
      source.query(`SELECT count::int FROM housekeeping WHERE kind = 'DELIVERIES' ORDER BY seq`);
    expect([await count('webhook_delivery'), await said()]).toEqual([500, [{ count: 2_000 }]]);
    await source.query('DROP FUNCTION stop_at_last CASCADE');
    await house.run(new Date(later(15_000).getTime() + 1_000));
    expect([await count('webhook_delivery'), await said()]).toEqual([0, [{ count: 2_000 }, { count: 500 }]]);
  }, 120_000);

  it('looks once an hour, however many workers are asked', async () => {
    await source.query('DELETE FROM housekeeping');
    const at = later(20_000);
    await Promise.all([1, 2, 3].map(() => stage(KEEP_ALL).run(at)));
    await stage(KEEP_ALL).run(new Date(at.getTime() + 3_599_000));
    const looks = await count(`housekeeping WHERE kind = 'LOOK'`);
    expect(looks).toBe(1);
    await stage(KEEP_ALL).run(new Date(at.getTime() + 3_601_000));
    expect(await count(`housekeeping WHERE kind = 'LOOK' AND done_at > '${at.toISOString()}'`)).toBe(1);
  }, 120_000);

  it('makes partitions of coming years, and what lay with the rest moves into its year', async () => {
    const id = randomUUID();
    await source.query(
      `INSERT INTO event_biz_tx (event_time, event_id, ordinal, type, uri) VALUES ('2043-05-05Z', $1, 0, 'po', 'urn:x:1')`,
      [id],
    );
    const place = async (): Promise<string> => {
      const [row]: [{ place: string }] = await source.query(
        'SELECT tableoid::regclass::text AS place FROM event_biz_tx WHERE event_id = $1',
        [id],
      );
      return row.place;
    };
    expect(await place()).toBe('event_biz_tx_other');
    const made = await source.transaction((manager) => coverYears(manager, 'event_biz_tx', 2039, 2044));
    const again = await source.transaction((manager) => coverYears(manager, 'event_biz_tx', 2039, 2044));
    expect([await place(), made.filter((year) => year >= 2041 && year <= 2044).length > 0, again]).toEqual([
      ...['event_biz_tx_2043', made.length > 0, []],
    ]);
    await expect(coverYears(source.manager, 'x; DROP TABLE y', 1, 2)).rejects.toThrow(/plain name/);
  }, 120_000);
});
