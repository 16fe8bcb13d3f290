import { ArrivalQuantiles } from './arrival-quantiles.js';
import { asOfDeliveries, NOTICE_DAYS, type AsOfDelivery } from './as-of-features.js';
import { isLate, type Delivery } from './delivery.js';
import { evaluateLateness } from './evaluate-lateness.js';
import { LatenessModel } from './lateness-model.js';
import type { ProbabilityFigures } from './probability-figures.js';

/** Levels of the days between promise and arrival. */
export const OUTLOOK_LEVELS: readonly number[] = [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95];

/** What is to be expected of a supplier's delivery to a country by a mode, promised for `NOTICE_DAYS` from now. */
export interface LaneOutlook {
  readonly country: string;
  readonly mode: string;
  readonly supplier: string;
  /** Deliveries that it rests on, and the share of them that came late. */
  readonly deliveries: number;
  readonly lateShare: number;
  readonly lateProbability: number;
  /** Days after the promised day at each of `OUTLOOK_LEVELS`, early ones negative. */
  readonly arrivalDays: readonly number[];
}

/** Outlooks, and how the same engine did on the last year that it had not seen. */
export interface Outlook {
  readonly lanes: readonly LaneOutlook[];
  readonly tested: number;
  readonly figures: ProbabilityFigures;
  /** The lane's own rate on the same deliveries. */
  readonly laneFigures: ProbabilityFigures;
  /** Share of arrivals between the 10 and the 90 % quantile. */
  readonly coverage80: number;
}

const TESTED_DAYS = 365;
const NEVER = Number.MAX_SAFE_INTEGER;

const keyOf = ({ groups: { country, mode, supplier } }: Delivery): string =>
  JSON.stringify([country, mode, supplier]);

/** A delivery like the last of its kind, promised for a day to come. */
function asked(known: readonly Delivery[], today: number, noticeDays: number): Delivery {
  const last = known.at(-1)!;
  return {
    ...last,
    id: `asked ${keyOf(last)}`,
    scheduledDay: today + noticeDays,
    deliveredDay: NEVER,
    recordedDay: NEVER,
  };
}

/**
 * What each country, mode and supplier that occurs may expect, by the trees, the lane's rate and the delays that are known.
 *
 * @param today day since 1970-01-01; outcomes written down on it or later are not known
 * @throws {ForecastingError} NOTHING_TO_SCORE with fewer than 200 deliveries in the last year or before it
 */
export function laneOutlook(
  deliveries: readonly Delivery[],
  today: number,
  noticeDays = NOTICE_DAYS,
): Outlook {
  const known = deliveries
    .filter(({ recordedDay }) => recordedDay < today)
    .sort((one, other) => one.recordedDay - other.recordedDay);
  const { test, methods, arrival } = evaluateLateness(known, today - TESTED_DAYS, noticeDays);
  const byKey = Map.groupBy(known, keyOf);
  const questions = [...byKey.values()].map((kind) => asked(kind, today, noticeDays));
  const looked = asOfDeliveries([...known, ...questions], noticeDays);
  const isQuestion = ({ delivery }: AsOfDelivery): boolean => delivery.recordedDay === NEVER;
  const model = new LatenessModel(
    looked.filter((one) => !isQuestion(one)),
    today,
  );
  const arrivals = new ArrivalQuantiles();
  for (const delivery of known) arrivals.learn(delivery);
  const lanes = looked.filter(isQuestion).map((question): LaneOutlook => {
    const kind = byKey.get(keyOf(question.delivery))!;
    const { country, mode, supplier } = question.delivery.groups;
    return {
      ...{ country, mode, supplier, deliveries: kind.length },
      lateShare: kind.filter(isLate).length / kind.length,
      lateProbability: model.probability(question),
      arrivalDays: arrivals.of(question.delivery, OUTLOOK_LEVELS)!,
    };
  });
  const figures = { figures: methods['boosted-trees'], laneFigures: methods['lane-rate'] };
  return { lanes, tested: test, ...figures, coverage80: arrival.coverage };
}
