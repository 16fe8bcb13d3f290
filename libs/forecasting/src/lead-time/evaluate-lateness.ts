import { ForecastingError } from '../forecasting.errors.js';
import { ArrivalQuantiles, ARRIVAL_LEVELS } from './arrival-quantiles.js';
import { asOfDeliveries, type AsOfDelivery } from './as-of-features.js';
import { isLate, type Delivery } from './delivery.js';
import { LatenessModel, learnLateness, type LearnedLateness } from './lateness-model.js';
import { LATENESS_SETTINGS, type LatenessSettings } from './lateness-settings.js';
import { probabilityFigures, type ProbabilityFigures } from './probability-figures.js';

/** What predicts lateness, and what it is held against. */
export type LatenessMethod = 'boosted-trees' | 'lane-rate' | 'base-rate';

/** How arrivals fell into the interval between the outer levels, 80 % wide. */
export interface ArrivalFigures {
  readonly coverage: number;
  /** Mean pinball loss over the levels, in days. */
  readonly pinballDays: number;
  /** The same where every delivery gets the quantiles of all. */
  readonly overallPinballDays: number;
}

export interface LatenessEvaluation {
  readonly training: number;
  readonly test: number;
  readonly lateShare: number;
  readonly noticeDays: number;
  readonly methods: Readonly<Record<LatenessMethod, ProbabilityFigures>>;
  readonly arrival: ArrivalFigures;
  /** One line a tested delivery. */
  readonly predictions: readonly LatenessPrediction[];
}

export interface LatenessPrediction {
  readonly id: string;
  readonly lateProbability: number;
  readonly isLate: boolean;
  /** Days after the promise at levels 0.1, 0.5 and 0.9. */
  readonly arrival: readonly number[];
}

/** Deliveries that are needed on either side of a split. */
export const LEAST_DELIVERIES = 200;

/**
 * Splits by time: learns from outcomes written down before `splitDay`, and is asked from that day on, about each delivery
 * some days before it is due. The trees are grown once, at the split; the calibration and the
 * features go on learning with the days, as they do in use.
 *
 * @throws {ForecastingError} NOTHING_TO_SCORE with fewer than 200 lines on either side
 */
export function evaluateLateness(
  deliveries: readonly Delivery[],
  splitDay: number,
  settings: LatenessSettings = LATENESS_SETTINGS,
): LatenessEvaluation {
  return measured(deliveries, splitDay, settings, (all) => learnLateness(all, splitDay, settings));
}

/**
 * Asks what was learned before about every delivery from `splitDay` on. Of what it learned from after that day it has seen the
 * outcome.
 *
 * @throws {ForecastingError} NOTHING_TO_SCORE with fewer than 200 lines on either side
 */
export function measureLateness(
  deliveries: readonly Delivery[],
  splitDay: number,
  learned: LearnedLateness,
): LatenessEvaluation {
  return measured(deliveries, splitDay, learned.settings, () => learned);
}

function measured(
  deliveries: readonly Delivery[],
  splitDay: number,
  settings: LatenessSettings,
  learn: (all: readonly AsOfDelivery[]) => LearnedLateness,
): LatenessEvaluation {
  const all = asOfDeliveries(deliveries, settings);
  const training = all.filter(({ delivery }) => delivery.recordedDay < splitDay);
  const test = all.filter(({ originDay }) => originDay >= splitDay);
  if (Math.min(training.length, test.length) < LEAST_DELIVERIES) {
    throw new ForecastingError(
      'NOTHING_TO_SCORE',
      `${training.length} lines before the split and ${test.length} after it; ${LEAST_DELIVERIES} on either side are needed`,
    );
  }
  const outcomes = test.map(({ delivery }) => isLate(delivery));
  const baseRate = training.filter(({ delivery }) => isLate(delivery)).length / training.length;
  const model = new LatenessModel(learn(all), all);
  const probabilities = test.map((one) => model.probability(one));
  const figures = (p: readonly number[]): ProbabilityFigures => probabilityFigures(p, outcomes);
  const arrivals = arrivalQuantiles(deliveries, test, settings);
  return {
    training: training.length,
    test: test.length,
    lateShare: outcomes.filter(Boolean).length / test.length,
    noticeDays: settings.noticeDays,
    methods: {
      'boosted-trees': figures(probabilities),
      'lane-rate': figures(test.map(({ laneRate }) => laneRate)),
      'base-rate': figures(test.map(() => baseRate)),
    },
    arrival: arrivalFigures(test, arrivals),
    predictions: test.map(({ delivery }, at) => ({
      id: delivery.id,
      lateProbability: probabilities[at]!,
      isLate: outcomes[at]!,
      arrival: arrivals[at]!.own,
    })),
  };
}

interface Arrivals {
  readonly own: readonly number[];
  readonly overall: readonly number[];
}

function arrivalQuantiles(
  deliveries: readonly Delivery[],
  test: readonly AsOfDelivery[],
  settings: LatenessSettings,
): Arrivals[] {
  const outcomes = [...deliveries].sort((a, b) => a.recordedDay - b.recordedDay);
  const quantiles = new ArrivalQuantiles(settings.arrival);
  let known = 0;
  return test.map(({ delivery, originDay }) => {
    while (known < outcomes.length && outcomes[known]!.recordedDay < originDay) {
      quantiles.learn(outcomes[known]!);
      known += 1;
    }
    return { own: quantiles.of(delivery)!, overall: quantiles.overall()! };
  });
}

function arrivalFigures(test: readonly AsOfDelivery[], arrivals: readonly Arrivals[]): ArrivalFigures {
  const delays = test.map(({ delivery }) => delivery.deliveredDay - delivery.scheduledDay);
  const inside = delays.filter(
    (delay, at) => delay >= arrivals[at]!.own[0]! && delay <= arrivals[at]!.own[2]!,
  );
  const pinball = (kind: keyof Arrivals): number =>
    delays.reduce((sum, delay, at) => sum + meanPinball(arrivals[at]![kind], delay), 0) / delays.length;
  return {
    coverage: inside.length / delays.length,
    pinballDays: pinball('own'),
    overallPinballDays: pinball('overall'),
  };
}

function meanPinball(quantiles: readonly number[], actual: number): number {
  const losses = ARRIVAL_LEVELS.map((level, at) => {
    const error = actual - quantiles[at]!;
    return error >= 0 ? level * error : (level - 1) * error;
  });
  return losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
}
