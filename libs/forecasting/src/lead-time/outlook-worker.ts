import { parentPort } from 'node:worker_threads';
import { ForecastingError } from '../forecasting.errors.js';
import type { Delivery } from './delivery.js';
import { laneOutlook, type Outlook } from './lane-outlook.js';

// The entry of the thread of outlook-thread.ts: growing trees takes seconds, in which nobody else would be answered.

/** Too few deliveries are no failure of the thread: there is nothing to say yet. */
function outlookOrNone(deliveries: readonly Delivery[], today: number): Outlook | null {
  try {
    return laneOutlook(deliveries, today);
  } catch (error) {
    if (error instanceof ForecastingError && error.code === 'NOTHING_TO_SCORE') return null;
    throw error;
  }
}

parentPort?.on('message', (task: { deliveries: readonly Delivery[]; today: number }) => {
  parentPort?.postMessage(outlookOrNone(task.deliveries, task.today));
});
