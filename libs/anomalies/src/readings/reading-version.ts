import { createHash } from 'node:crypto';
import { ALARM_NOVELTY, LEARNING_READINGS } from './stream-watch.js';

const FORMAT = 'tallyhouse-anomaly-readings/1';

/** SHA-256 of what readings are judged by: alarms with one version come from one way of judging. */
export function readingVersion(): string {
  const text = JSON.stringify([FORMAT, LEARNING_READINGS, ALARM_NOVELTY]);
  return `0x${createHash('sha256').update(text).digest('hex')}`;
}
