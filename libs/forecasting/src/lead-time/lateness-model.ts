import type { AsOfDelivery } from './as-of-features.js';
import { boostedTrees } from './boosted-trees.js';
import { isLate } from './delivery.js';
import type { LatenessSettings } from './lateness-settings.js';
import { logisticBlend } from './logistic-blend.js';
import { logOdds, type BoostedTrees } from './tree-nodes.js';

/** What was learned of lateness, and by which settings it goes on: all that a version is. */
export interface LearnedLateness {
  readonly settings: LatenessSettings;
  /** Day since 1970-01-01; outcomes written down on it or later were not known. */
  readonly beforeDay: number;
  readonly trees: BoostedTrees;
  /** Grown without the outcomes of the last `calibration.heldDays`, which say how far trees can be believed. */
  readonly heldTrees: BoostedTrees;
}

/** Whose outcome is written down on a day, with the log-odds that were given for it by who had not seen it. */
interface Foretold {
  readonly recordedDay: number;
  readonly signals: readonly number[];
  readonly isYes: boolean;
}

type Trees = (row: Float64Array) => number;

function grown(rows: readonly AsOfDelivery[]): BoostedTrees {
  return boostedTrees(
    rows.map(({ features }) => features),
    rows.map(({ delivery }) => isLate(delivery)),
  );
}

/**
 * Learns from what was written down before a day.
 *
 * @param deliveries those of later days are left out
 */
export function learnLateness(
  deliveries: readonly AsOfDelivery[],
  beforeDay: number,
  settings: LatenessSettings,
): LearnedLateness {
  const knownOn = (day: number): AsOfDelivery[] =>
    deliveries.filter(({ delivery }) => delivery.recordedDay < day);
  const training = knownOn(beforeDay);
  const older = knownOn(beforeDay - settings.calibration.heldDays);
  return {
    ...{ settings, beforeDay, trees: grown(training) },
    heldTrees: grown(older.length > 0 ? older : training),
  };
}

/**
 * The probability of being late: boosted trees and the lane's own rate, joined by outcomes that neither had seen, the late ones
 * counting most. Which way to join was chosen by the Brier score on questions of 2010 to 2013 (experiments/forecast-lead-time). The
 * trees stay as they were learned; how they are joined follows the outcomes.
 */
export class LatenessModel {
  private readonly learned: LearnedLateness;
  private readonly trees: Trees;
  private readonly foretold: readonly Foretold[];
  private blend:
    | { readonly untilDay: number; readonly of: (signals: readonly number[]) => number }
    | undefined;

  /** @param outcomes deliveries that take part in the calibration from the day on which each is written down */
  constructor(learned: LearnedLateness, outcomes: readonly AsOfDelivery[]) {
    this.learned = learned;
    const { beforeDay, settings } = learned;
    const heldTrees = logOdds(learned.heldTrees);
    this.trees = logOdds(learned.trees);
    this.foretold = outcomes.flatMap((one) => {
      const isNew = one.delivery.recordedDay >= beforeDay;
      // What was asked before the trees' last outcome stays out: they may have seen its neighbours.
      const fromDay = isNew ? beforeDay : beforeDay - settings.calibration.heldDays;
      return one.originDay < fromDay ? [] : [this.told(one, isNew ? this.trees : heldTrees)];
    });
  }

  /** Asked in the order of days; brought up to date with what is known by the day of the question every `everyDays`. */
  probability(asked: AsOfDelivery): number {
    const { originDay } = asked;
    const { calibration } = this.learned.settings;
    if (!this.blend || originDay >= this.blend.untilDay)
      this.blend = {
        untilDay: originDay + calibration.everyDays,
        of: logisticBlend(this.knownBy(originDay), 2, calibration),
      };
    return this.blend.of(this.signalsOf(asked, this.trees));
  }

  private knownBy(day: number) {
    const { halfLifeDays } = this.learned.settings.calibration;
    return this.foretold
      .filter(({ recordedDay }) => recordedDay < day)
      .map((one) => ({ ...one, weight: 2 ** ((one.recordedDay - day) / halfLifeDays) }));
  }

  private told(one: AsOfDelivery, trees: Trees): Foretold {
    const { recordedDay } = one.delivery;
    return { recordedDay, signals: this.signalsOf(one, trees), isYes: isLate(one.delivery) };
  }

  private signalsOf({ features, laneRate }: AsOfDelivery, trees: Trees): number[] {
    const { leastRate, mostRate } = this.learned.settings.calibration;
    const rate = Math.min(mostRate, Math.max(leastRate, laneRate));
    return [trees(features), Math.log(rate / (1 - rate))];
  }
}
