import { ArrivalQuantiles } from './arrival-quantiles.js';
import { asOfDeliveries, type AsOfDelivery } from './as-of-features.js';
import { isLate, type Delivery } from './delivery.js';
import {
  evaluateLateness,
  LEAST_DELIVERIES,
  measureLateness,
  type LatenessEvaluation,
} from './evaluate-lateness.js';
import { LatenessModel, learnLateness, type LearnedLateness } from './lateness-model.js';
import { LATENESS_SETTINGS } from './lateness-settings.js';
import type { ProbabilityFigures } from './probability-figures.js';

/** Levels of the days between promise and arrival. */
export const OUTLOOK_LEVELS: readonly number[] = [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95];

/** What is to be expected of a supplier's delivery to a country by a mode, promised for 30 days from now. */
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

/** Outlooks, and how well lateness is told. */
export interface Outlook {
  /**
   * The figures are of the version itself, on deliveries that were asked about since it was learned; otherwise of its method, learned
   * anew from what was known a year ago.
   */
  readonly isVersionTested: boolean;
  readonly lanes: readonly LaneOutlook[];
  readonly tested: number;
  readonly figures: ProbabilityFigures;
  /** The lane's own rate on the same deliveries. */
  readonly laneFigures: ProbabilityFigures;
  /** Share of arrivals between the 10 and the 90 % quantile. */
  readonly coverage80: number;
}

/** The last days whose deliveries are asked about by what was learned before them. */
export const TESTED_DAYS = 365;
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
 * @param version trees that stay as they are; left out, trees are grown from all that is known
 * @throws {ForecastingError} NOTHING_TO_SCORE with fewer than 200 deliveries in the last year or before it
 */
export function laneOutlook(
  deliveries: readonly Delivery[],
  today: number,
  version?: LearnedLateness,
): Outlook {
  const known = deliveries
    .filter(({ recordedDay }) => recordedDay < today)
    .sort((one, other) => one.recordedDay - other.recordedDay);
  const { isVersionTested, evaluation } = evaluated(known, today, version);
  const settings = version?.settings ?? LATENESS_SETTINGS;
  const byKey = Map.groupBy(known, keyOf);
  const questions = [...byKey.values()].map((kind) => asked(kind, today, settings.noticeDays));
  const looked = asOfDeliveries([...known, ...questions], settings);
  const [outcomes, open] = [looked.filter((one) => !isQuestion(one)), looked.filter(isQuestion)];
  const model = new LatenessModel(version ?? learnLateness(outcomes, today, settings), outcomes);
  const arrivals = new ArrivalQuantiles(settings.arrival);
  for (const delivery of known) arrivals.learn(delivery);
  const lanes = open.map((question): LaneOutlook => {
    const kind = byKey.get(keyOf(question.delivery))!;
    const { country, mode, supplier } = question.delivery.groups;
    return {
      ...{ country, mode, supplier, deliveries: kind.length },
      lateShare: kind.filter(isLate).length / kind.length,
      lateProbability: model.probability(question),
      arrivalDays: arrivals.of(question.delivery, OUTLOOK_LEVELS)!,
    };
  });
  const { test, methods, arrival } = evaluation;
  const figures = { figures: methods['boosted-trees'], laneFigures: methods['lane-rate'] };
  return { isVersionTested, lanes, tested: test, ...figures, coverage80: arrival.coverage };
}

const isQuestion = ({ delivery }: AsOfDelivery): boolean => delivery.recordedDay === NEVER;

interface Evaluated {
  readonly isVersionTested: boolean;
  readonly evaluation: LatenessEvaluation;
}

function evaluated(known: readonly Delivery[], today: number, version?: LearnedLateness): Evaluated {
  const yearAgo = today - TESTED_DAYS;
  if (version) {
    const fromDay = Math.max(yearAgo, version.beforeDay);
    const askedDay = fromDay + version.settings.noticeDays;
    const since = known.filter(({ scheduledDay }) => scheduledDay >= askedDay).length;
    const before = known.filter(({ recordedDay }) => recordedDay < fromDay).length;
    if (Math.min(since, before) >= LEAST_DELIVERIES)
      return { isVersionTested: true, evaluation: measureLateness(known, fromDay, version) };
  }
  const evaluation = evaluateLateness(known, yearAgo, version?.settings);
  return { isVersionTested: false, evaluation };
}
