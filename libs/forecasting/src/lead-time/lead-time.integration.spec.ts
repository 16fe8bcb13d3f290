import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { openStore, type TestStore } from '../../../supply-chain/test/capture-kit.js';
import { anchorDeliveries, DELIVERIES, sealDeliveries } from '../../test/anchored-deliveries.js';
import { LeadTimeReader } from './lead-time.reader.js';
import { LeadTimeService } from './lead-time.service.js';

jest.setTimeout(180_000);

/** Some weeks after the last delivery. */
const NOW = new Date('2022-08-01T10:00:00Z');

describe('lead times of anchored events', () => {
  let store: TestStore;
  beforeAll(async () => {
    store = await openStore();
    await sealDeliveries(store.source);
  });
  afterAll(() => store.close());

  it('are made once for the same deliveries, and tell the slow supplier', async () => {
    const service = new LeadTimeService(store.source);
    expect(await service.refresh(NOW, 9)).toBeNull();
    await anchorDeliveries(store.source);
    expect(await service.refresh(NOW, 9)).toBe(2);
    expect(await service.refresh(NOW, 10)).toBeNull();
    const found = await new LeadTimeReader(store.source).find({ supplier: 'slow' }, 5);
    // One line was promised for a day that no calendar has; it says nothing of lateness.
    expect(found).toMatchObject({
      ...{ deliveries: DELIVERIES - 1, asOfBlock: '9', isVersionTested: false },
      ...{ artifactSha256: null, versionId: null, proposalId: null },
    });
    expect(found!.lanes).toMatchObject([
      { country: 'KE', mode: 'Air', supplier: 'slow', deliveries: 300, lateShare: 0.5 },
    ]);
    const [quick] = (await new LeadTimeReader(store.source).find({ supplier: 'quick' }, 5))!.lanes;
    expect(found!.lanes[0]!.lateProbability).toBeGreaterThan(4 * quick!.lateProbability);
    expect(found!.lanes[0]!.arrival.at(-1)).toEqual({ level: 0.95, days: 6 });
  });

  it('are not silenced by one outcome that says it was written down in the year 9999', async () => {
    const service = new LeadTimeService(store.source);
    const asOf = async () => (await new LeadTimeReader(store.source).find({}, 5))!.asOf;
    const before = await asOf();
    await recorded(store, 700, '9999-12-31');
    expect(await service.refresh(NOW, 11)).toBe(2);
    expect(await new LeadTimeReader(store.source).find({}, 5)).toMatchObject({
      ...{ deliveries: DELIVERIES - 2, asOf: before, asOfBlock: '11' },
    });
    await recorded(store, 700, '2022-07-20');
    expect(await service.refresh(NOW, 12)).toBe(2);
    expect(await asOf()).toEqual(new Date('2022-07-21T00:00:00Z'));
  });

  it('go when too little is known of them any more, and come back with their deliveries', async () => {
    const service = new LeadTimeService(store.source);
    const early = new Date('2020-03-01T00:00:00Z');
    expect(await service.refresh(early, 13)).toBeNull();
    expect(await new LeadTimeReader(store.source).find({}, 5)).toBeUndefined();
    expect(await service.refresh(NOW, 14)).toBe(2);
    expect(await service.refresh(early, 15)).toBeNull();
    expect(await new LeadTimeReader(store.source).find({}, 5)).toBeUndefined();
  });
});

/** Says of one event when its outcome was written down. */
const recorded = ({ source }: TestStore, number: number, day: string): Promise<unknown> =>
  source.query(
    `UPDATE epcis_event SET body = (body::jsonb || jsonb_build_object('tally:deliveryRecordedDate', $2::text))::json WHERE id = $1`,
    [`00000000-0000-4000-8000-${String(number).padStart(12, '0')}`, day],
  );
