import { describe, expect, it } from '@jest/globals';
import { seededRandom } from '@tallyhouse/compute';
import type { Delivery } from './delivery.js';
import { laneOutlook, OUTLOOK_LEVELS } from './lane-outlook.js';

const TODAY = 12_000;

/** Two suppliers by two modes; one supplier is late more often than not. */
function deliveries(): Delivery[] {
  const random = seededRandom(2);
  return Array.from({ length: 1_400 }, (_, at) => {
    const supplier = random.below(2) === 0 ? 'slow' : 'quick';
    const mode = random.below(2) === 0 ? 'Air' : 'Ocean';
    const scheduledDay = 10_900 + Math.floor(0.75 * at);
    const late = random.uniform() < (supplier === 'slow' ? 0.7 : 0.05);
    const deliveredDay = scheduledDay + (late ? 4 + random.below(5) : -random.below(3));
    const groups = {
      ...{
        lane: `KE|${mode}`,
        country: 'KE',
        mode,
        supplier,
        site: 'A',
        project: 'P',
        product: 'M',
        order: 'EXW',
      },
      route: `${supplier}|KE`,
    };
    return {
      ...{ id: String(at), scheduledDay, deliveredDay, recordedDay: deliveredDay + 3, groups },
      ...{ quantity: 10, valueUsd: 100, direct: true, firstLine: true },
    };
  });
}

describe('laneOutlook', () => {
  it('expects of each supplier what it is known for, with quantiles that rise', () => {
    const { lanes, figures, tested } = laneOutlook(deliveries(), TODAY);
    expect(lanes).toHaveLength(4);
    for (const { supplier, lateProbability, arrivalDays } of lanes) {
      if (supplier === 'slow') expect(lateProbability).toBeGreaterThan(0.5);
      else expect(lateProbability).toBeLessThan(0.2);
      expect(arrivalDays).toHaveLength(OUTLOOK_LEVELS.length);
      expect(arrivalDays).toEqual(arrivalDays.toSorted((one, other) => one - other));
    }
    expect(tested).toBeGreaterThan(200);
    expect(figures.auc).toBeGreaterThan(0.75);
  });

  it('knows nothing that is written down today or later', () => {
    const known = deliveries();
    const cut = 11_700;
    const altered = known.map((one) =>
      one.recordedDay >= cut ? { ...one, deliveredDay: one.scheduledDay + 90 } : one,
    );
    expect(laneOutlook(altered, cut).lanes).toEqual(laneOutlook(known, cut).lanes);
  });
});
