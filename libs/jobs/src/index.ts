export { QUEUES, type QueueName } from './queues.js';
export { JobQueue, type StageHandler } from './job-queue.js';
export { jobCounts, type JobCount } from './job-counts.js';
