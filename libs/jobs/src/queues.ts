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
  'forecastShards',
  'shadow',
  'shadowShards',
  'commit',
  'score',
  'texts',
  'labels',
  'audit',
  'anomalies',
  'leadTimes',
  'housekeeping',
] as const;

/** A stage of the loop. A job carries nothing but its trace: each stage looks into the database for what is due. */
export type QueueName = (typeof QUEUES)[number];
