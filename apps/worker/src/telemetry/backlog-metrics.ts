import { jobCounts } from '@tallyhouse/jobs';
import type { AnchorBacklogReader } from '@tallyhouse/supply-chain';
import { metrics } from '@tallyhouse/telemetry';
import type { DataSource } from 'typeorm';

const jobs = metrics.gauge({
  name: 'tallyhouse_queue_jobs',
  help: 'Jobs of a stage by state, of all workers together.',
  labels: ['stage', 'state'],
});
const oldest = metrics.gauge({
  name: 'tallyhouse_queue_oldest_seconds',
  help: 'Age of the oldest job of a stage by state, of all workers together.',
  labels: ['stage', 'state'],
});
const waitingEvents = metrics.gauge({
  name: 'tallyhouse_anchor_waiting_events',
  help: 'Captured events that are in no batch.',
});
const eventAge = metrics.gauge({
  name: 'tallyhouse_anchor_oldest_event_seconds',
  help: 'Age of the oldest captured event that is in no batch.',
});
const openBatches = metrics.gauge({
  name: 'tallyhouse_anchor_open_batches',
  help: 'Sealed batches that the index does not show on chain.',
});
const batchAge = metrics.gauge({
  name: 'tallyhouse_anchor_oldest_batch_seconds',
  help: 'Age of the oldest sealed batch that the index does not show on chain.',
});

/** Looks at what waits in the database whenever metrics are read; every worker says the same. */
export function measureBacklog(dataSource: DataSource, backlog: AnchorBacklogReader): void {
  metrics.onRead(async () => {
    const counts = await jobCounts(dataSource);
    jobs.clear();
    oldest.clear();
    for (const { stage, state, jobs: count, oldestSeconds } of counts) {
      jobs.set(count, stage, state);
      oldest.set(oldestSeconds, stage, state);
    }
  });
  metrics.onRead(async () => {
    const found = await backlog.read();
    waitingEvents.set(found.waitingEvents);
    eventAge.set(found.oldestEventSeconds);
    openBatches.set(found.openBatches);
    batchAge.set(found.oldestBatchSeconds);
  });
}
