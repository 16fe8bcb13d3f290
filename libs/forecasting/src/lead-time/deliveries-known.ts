import type { Delivery } from './delivery.js';

const DAY_MS = 86_400_000;

/** Deliveries whose outcome is known, and the day after the last was written down: the day of the question. */
export interface KnownDeliveries {
  readonly deliveries: readonly Delivery[];
  readonly today: number;
}

/** What says that it was written down after `now` is left out: one wrong date would move the question beyond everything that is known. */
export function deliveriesKnown(all: readonly Delivery[], now: Date): KnownDeliveries {
  const day = Math.floor(now.getTime() / DAY_MS);
  const deliveries = all.filter(({ recordedDay }) => recordedDay <= day);
  return {
    deliveries,
    today: deliveries.reduce((last, { recordedDay }) => Math.max(last, recordedDay), 0) + 1,
  };
}
