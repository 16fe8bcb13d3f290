import { parentPort } from 'node:worker_threads';
import { ForecastingError } from '../forecasting.errors.js';
import type { Delivery } from './delivery.js';
import { laneOutlook, type Outlook } from './lane-outlook.js';
import type { LearnedLateness } from './lateness-model.js';

// The entry of the thread of outlook-thread.ts: growing trees takes seconds, in which nobody else would be answered.

/** What the thread is given. */
export interface OutlookTask {
  readonly deliveries: readonly Delivery[];
  readonly today: number;
  readonly version: LearnedLateness | undefined;
}

/** Too few deliveries are no failure of the thread: there is nothing to say yet. */
function outlookOrNone({ deliveries, today, version }: OutlookTask): Outlook | null {
  try {
    return laneOutlook(deliveries, today, version);
  } catch (error) {
    if (error instanceof ForecastingError && error.code === 'NOTHING_TO_SCORE') return null;
    throw error;
  }
}

parentPort?.on('message', (task: OutlookTask) => {
  parentPort?.postMessage(outlookOrNone(task));
});
