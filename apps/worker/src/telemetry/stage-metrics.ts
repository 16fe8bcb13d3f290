import type { QueueName } from '@tallyhouse/jobs';
import { metrics, stopwatch, WORK_BOUNDS_S } from '@tallyhouse/telemetry';

const runs = metrics.counter({
  name: 'tallyhouse_stage_runs_total',
  help: 'Jobs of a stage that this worker ended, by how.',
  labels: ['stage', 'outcome'],
});
const durations = metrics.histogram(
  { name: 'tallyhouse_stage_duration_seconds', help: 'How long a job of a stage takes.', labels: ['stage'] },
  WORK_BOUNDS_S,
);
const lastSuccess = metrics.gauge({
  name: 'tallyhouse_stage_last_success_timestamp_seconds',
  help: 'When this worker last ended a job of a stage well, seconds since 1970.',
  labels: ['stage'],
});

/** Counts and times a job. */
export async function measured(stage: QueueName, work: () => Promise<void>): Promise<void> {
  const seconds = stopwatch();
  try {
    await work();
    runs.add(1, stage, 'succeeded');
    lastSuccess.set(Date.now() / 1_000, stage);
  } catch (error) {
    runs.add(1, stage, 'failed');
    throw error;
  } finally {
    durations.observe(seconds(), stage);
  }
}
