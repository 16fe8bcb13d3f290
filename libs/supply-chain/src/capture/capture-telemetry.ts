import { inSpan, metrics, stopwatch } from '@tallyhouse/telemetry';
import type { CaptureOutcome } from './capture.types.js';

const captured = metrics.counter({
  name: 'tallyhouse_capture_events_total',
  help: 'Events of captured documents by what became of them.',
  labels: ['outcome'],
});
const documents = metrics.counter({
  name: 'tallyhouse_capture_documents_total',
  help: 'Captured documents by how their job ended; THREW where it could not be written down.',
  labels: ['state'],
});
const durations = metrics.histogram({
  name: 'tallyhouse_capture_duration_seconds',
  help: 'From the begin of a capture to its commit.',
  labels: ['way'],
});

/** Measures a capture and makes it a part of its request's trace; the job keeps where that is. */
export async function observedCapture(
  way: 'whole' | 'stream',
  work: () => Promise<CaptureOutcome>,
): Promise<CaptureOutcome> {
  const seconds = stopwatch();
  try {
    return await inSpan('capture events', {}, async (span) => {
      const outcome = await work();
      const { state, total, stored, duplicate, rejected } = outcome;
      span.set({
        'tallyhouse.capture.state': state,
        'tallyhouse.events': total,
        'tallyhouse.events.stored': stored,
      });
      documents.add(1, state);
      captured.add(stored, 'stored');
      captured.add(duplicate, 'duplicate');
      captured.add(rejected, 'rejected');
      return outcome;
    });
  } catch (error) {
    documents.add(1, 'THREW');
    throw error;
  } finally {
    durations.observe(seconds(), way);
  }
}
