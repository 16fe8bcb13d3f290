export { QUEUES, type QueueName } from './queues.js';
export { JobQueue, type StageAttempt, type StageHandler } from './job-queue.js';
export { StageRecord } from './stage-record.repository.js';
export { StageReader, type StageFailureRow, type StageRow } from './stage.reader.js';
export { jobCounts, type JobCount } from './job-counts.js';
