import type { AsOfDelivery } from './as-of-features.js';
import { boostedTrees } from './boosted-trees.js';
import { isLate } from './delivery.js';
import { logisticBlend } from './logistic-blend.js';

/** Days before training ends whose outcomes the trees of the calibration have not seen. */
const CALIBRATION_DAYS = 365;
const RECALIBRATE_DAYS = 30;
/** Days after which an outcome counts half in the calibration. */
const HALF_LIFE_DAYS = 120;
/** A lane that was never late is not certain not to be. */
const RATE_BOUNDS = [0.01, 0.98] as const;

/** Whose outcome is written down on a day, with the log-odds that were given for it by who had not seen it. */
interface Foretold {
  readonly recordedDay: number;
  readonly signals: readonly number[];
  readonly isYes: boolean;
}

type Trees = (row: Float64Array) => number;

function fitTrees(rows: readonly AsOfDelivery[]): Trees {
  return boostedTrees(
    rows.map(({ features }) => features),
    rows.map(({ delivery }) => isLate(delivery)),
  );
}

function signalsOf({ features, laneRate }: AsOfDelivery, trees: Trees): number[] {
  const rate = Math.min(RATE_BOUNDS[1], Math.max(RATE_BOUNDS[0], laneRate));
  return [trees(features), Math.log(rate / (1 - rate))];
}

/**
 * The probability of being late: boosted trees and the lane's own rate, joined by outcomes that neither had seen, the late ones
 * counting most. Which way to join was chosen by the Brier score on questions of 2010 to 2013 (experiments/forecast-lead-time).
 */
export class LatenessModel {
  private readonly trees: Trees;
  private readonly foretold: Foretold[];
  private blend:
    | { readonly untilDay: number; readonly of: (signals: readonly number[]) => number }
    | undefined;

  /** @param training deliveries whose outcome was written down before `day` */
  constructor(training: readonly AsOfDelivery[], day: number) {
    const older = training.filter(({ delivery }) => delivery.recordedDay < day - CALIBRATION_DAYS);
    const early = fitTrees(older.length > 0 ? older : training);
    // What was asked before the older trees' last outcome stays out: they may have seen its neighbours.
    const held = training.filter(({ originDay }) => originDay >= day - CALIBRATION_DAYS);
    this.trees = fitTrees(training);
    this.foretold = held.map((one) => told(one, early));
  }

  /** Outcomes that come after training take part in the calibration from the day on which they are written down. */
  follow(deliveries: readonly AsOfDelivery[]): void {
    this.foretold.push(...deliveries.map((one) => told(one, this.trees)));
  }

  /** Asked in the order of days; brought up to date with what is known by the day of the question every 30 days. */
  probability(asked: AsOfDelivery): number {
    const { originDay } = asked;
    if (!this.blend || originDay >= this.blend.untilDay)
      this.blend = { untilDay: originDay + RECALIBRATE_DAYS, of: logisticBlend(this.knownBy(originDay), 2) };
    return this.blend.of(signalsOf(asked, this.trees));
  }

  private knownBy(day: number) {
    return this.foretold
      .filter(({ recordedDay }) => recordedDay < day)
      .map((one) => ({ ...one, weight: 2 ** ((one.recordedDay - day) / HALF_LIFE_DAYS) }));
  }
}

const told = (one: AsOfDelivery, trees: Trees): Foretold => ({
  recordedDay: one.delivery.recordedDay,
  signals: signalsOf(one, trees),
  isYes: isLate(one.delivery),
});
