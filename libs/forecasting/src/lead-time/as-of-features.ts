import { GROUPINGS, type Delivery } from './delivery.js';
import { GroupHistory } from './group-history.js';
import { LATENESS_SETTINGS, type LatenessSettings } from './lateness-settings.js';

/** A delivery as it looked so many days before it was due. */
export interface AsOfDelivery {
  readonly delivery: Delivery;
  /** The day of the prediction; only outcomes written down before it are known. */
  readonly originDay: number;
  readonly features: Float64Array;
  /** Late rate of the lane (country and mode) on that day: the baseline to beat. */
  readonly laneRate: number;
}

/** What trees are told of a delivery, in this order. */
export const FEATURE_NAMES: readonly string[] = [
  'overall.recentLateRate',
  ...GROUPINGS.flatMap((grouping) =>
    ['count', 'lateRate', 'recentLateRate', 'meanDelayDays'].map((name) => `${grouping}.${name}`),
  ),
  ...['quantity', 'valueUsd', 'direct', 'firstLine', 'sineOfYear', 'cosineOfYear', 'weekday'],
];

const DAYS_OF_YEAR = 365.25;

/**
 * Looks at every delivery with the eyes of its day of prediction. Nothing that was written down on that day or later is in
 * its features, whatever the order of the lines.
 */
export function asOfDeliveries(
  deliveries: readonly Delivery[],
  { noticeDays, groups }: LatenessSettings = LATENESS_SETTINGS,
): AsOfDelivery[] {
  const outcomes = [...deliveries].sort((a, b) => a.recordedDay - b.recordedDay);
  const asked = [...deliveries].sort((a, b) => a.scheduledDay - b.scheduledDay);
  const history = new GroupHistory(groups);
  let known = 0;
  return asked.map((delivery) => {
    const originDay = delivery.scheduledDay - noticeDays;
    while (known < outcomes.length && outcomes[known]!.recordedDay < originDay) {
      history.learn(outcomes[known]!);
      known += 1;
    }
    return {
      delivery,
      originDay,
      features: featuresOf(delivery, history),
      laneRate: history.of('lane', delivery).lateRate,
    };
  });
}

function featuresOf(delivery: Delivery, history: GroupHistory): Float64Array {
  const overall = history.overall();
  const yearShare = (2 * Math.PI * delivery.scheduledDay) / DAYS_OF_YEAR;
  return Float64Array.from([
    overall.recentLateRate,
    ...GROUPINGS.flatMap((grouping) => {
      const { count, lateRate, recentLateRate, meanDelay } = history.of(grouping, delivery);
      return [Math.log1p(count), lateRate, recentLateRate, meanDelay];
    }),
    Math.log1p(delivery.quantity),
    Math.log1p(delivery.valueUsd),
    delivery.direct ? 1 : 0,
    delivery.firstLine ? 1 : 0,
    Math.sin(yearShare),
    Math.cos(yearShare),
    (delivery.scheduledDay + 4) % 7,
  ]);
}
