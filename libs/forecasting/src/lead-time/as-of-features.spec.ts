import { describe, expect, it } from '@jest/globals';
import { seededRandom } from '@tallyhouse/compute';
import { asOfDeliveries } from './as-of-features.js';
import { boostedTrees } from './boosted-trees.js';
import type { Delivery } from './delivery.js';
import { evaluateLateness } from './evaluate-lateness.js';
import { LATENESS_SETTINGS } from './lateness-settings.js';
import { logisticBlend } from './logistic-blend.js';
import { probabilityFigures } from './probability-figures.js';
import { logOdds } from './tree-nodes.js';
import { quantile } from './weighted-quantile.js';

const { calibration } = LATENESS_SETTINGS;

/** Lines of four suppliers, of whom one is mostly late. */
function world(count: number): Delivery[] {
  const random = seededRandom(3);
  return Array.from({ length: count }, (_, at) => {
    const supplier = `supplier ${random.below(4)}`;
    const late = random.uniform() < (supplier === 'supplier 0' ? 0.7 : 0.05);
    const scheduledDay = 10_000 + at;
    const deliveredDay = scheduledDay + (late ? 5 : -random.below(3));
    const groups = {
      ...{ lane: 'KE|Air', country: 'KE', mode: 'Air', site: 'A', project: 'P', product: 'M', order: 'EXW' },
      ...{ supplier, route: `${supplier}|KE` },
    };
    const amounts = { quantity: 10, valueUsd: 100, direct: true, firstLine: true };
    return { id: String(at), scheduledDay, deliveredDay, recordedDay: deliveredDay + 2, groups, ...amounts };
  });
}

describe('lateness', () => {
  it('knows no outcome that was written down on the day of the prediction or later', () => {
    const deliveries = world(300);
    const cut = 10_200;
    const altered = deliveries.map((one) =>
      one.recordedDay >= cut
        ? { ...one, deliveredDay: one.scheduledDay + 40, recordedDay: one.recordedDay + 40 }
        : one,
    );
    const before = asOfDeliveries(deliveries);
    const after = asOfDeliveries(altered);
    const early = before.filter(({ originDay }) => originDay <= cut);
    expect(early.length).toBeGreaterThan(200);
    early.forEach(({ features }, at) => expect(after[at]!.features).toEqual(features));
    expect(after.at(-1)!.features).not.toEqual(before.at(-1)!.features);
  });

  it('finds the late supplier on lines that it has not seen, and says the right share', () => {
    const { methods, arrival, test } = evaluateLateness(world(1100), 10_700);
    expect(test).toBeGreaterThan(300);
    expect(methods['boosted-trees'].auc).toBeGreaterThan(0.75);
    expect(methods['boosted-trees'].brier).toBeLessThan(0.8 * methods['base-rate'].brier);
    expect(methods['boosted-trees'].calibrationError).toBeLessThan(0.1);
    expect(arrival.pinballDays).toBeLessThan(arrival.overallPinballDays);
  });

  it('says what is missing where too few lines stand on a side of the split', () => {
    expect(() => evaluateLateness(world(300), 10_290)).toThrow(/200 on either side are needed/);
  });

  it('parts a pattern that no single feature shows', () => {
    const rows = Array.from({ length: 400 }, (_, at) => Float64Array.of(at % 2, (at >> 1) % 2, at % 5));
    const odds = logOdds(
      boostedTrees(
        rows,
        rows.map(([a, b]) => a === 1 && b === 1),
      ),
    );
    expect(odds(Float64Array.of(1, 1, 0))).toBeGreaterThan(1);
    expect(odds(Float64Array.of(1, 0, 0))).toBeLessThan(-1);
  });

  it('follows the one of two opinions that was right, and without outcomes both alike', () => {
    const random = seededRandom(9);
    const cases = Array.from({ length: 2_000 }, () => {
      const [one, other] = [2 * random.normal(), 2 * random.normal()];
      return { signals: [one, other], isYes: random.uniform() < 1 / (1 + Math.exp(-one)), weight: 1 };
    });
    const blended = logisticBlend(cases, 2, calibration);
    expect(blended([2, -2])).toBeCloseTo(1 / (1 + Math.exp(-2)), 1);
    expect(blended([-2, 2])).toBeCloseTo(1 / (1 + Math.exp(2)), 1);
    expect(logisticBlend([], 2, calibration)([2, -2])).toBe(0.5);
  });

  it('counts ties half, and calibrates what was too sure', () => {
    expect(probabilityFigures([0.5, 0.5], [true, false])).toMatchObject({ auc: 0.5, brier: 0.25 });
    expect(probabilityFigures([0.1, 0.9, 0.8], [false, true, true]).auc).toBe(1);
    const sure = Array.from({ length: 200 }, (_, at) => (at % 2 ? 6 : -6));
    const truth = sure.map((x, at) => (at % 10 < 2 ? x < 0 : x > 0));
    const cases = sure.map((odds, at) => ({ signals: [odds], isYes: truth[at]!, weight: 1 }));
    expect(logisticBlend(cases, 1, calibration)([6])).toBeCloseTo(0.8, 1);
    expect(
      quantile(
        [
          { value: 3, weight: 1 },
          { value: 1, weight: 9 },
        ],
        0.9,
      ),
    ).toBe(1);
  });
});
