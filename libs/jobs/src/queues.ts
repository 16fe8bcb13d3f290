/** The stages that run from the queue, in the order of the loop. */
export const QUEUES = [
  'anchor',
  'ballots',
  'graph',
  'recall',
  'subscriptions',
  'webhooks',
  'models',
  'series',
  'forecast',
  'commit',
  'score',
  'texts',
  'labels',
  'audit',
  'anomalies',
] as const;

/** A stage of the loop. A job carries nothing: each stage looks into the database for what is due. */
export type QueueName = (typeof QUEUES)[number];
