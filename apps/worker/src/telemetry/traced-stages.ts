import type { QueueName, StageHandler } from '@tallyhouse/jobs';
import type { TraceOrigins } from '@tallyhouse/supply-chain';
import { inJoinedSpan } from '@tallyhouse/telemetry';

type OriginsOf = (origins: TraceOrigins) => Promise<readonly string[]>;

/** Where what waits for a stage was traced. Other stages know it from the job alone. */
const ORIGINS: Partial<Record<QueueName, OriginsOf>> = {
  audit: (origins) => origins.waitingForAudit(),
  graph: (origins) => origins.waitingForGraph(),
  series: (origins) => origins.newInSeries(),
  forecast: (origins) => origins.newInForecasts(),
  commit: (origins) => origins.uncommitted(),
};

/**
 * Stages whose jobs are spans of the traces that led to them. A job that nothing traced led to makes no span: stages look
 * around every few seconds, mostly for nothing.
 */
export function tracedStages(
  handlers: Readonly<Record<QueueName, StageHandler>>,
  origins: TraceOrigins,
): Readonly<Record<QueueName, StageHandler>> {
  const traced = ([name, handler]: [string, StageHandler]): [string, StageHandler] => [
    name,
    async (origin) => {
      const waiting = (await ORIGINS[name as QueueName]?.(origins)) ?? [];
      const all = origin === undefined ? waiting : [origin, ...waiting];
      await inJoinedSpan(`${name} stage`, all, { 'tallyhouse.stage': name }, () => handler());
    },
  ];
  return Object.fromEntries(Object.entries(handlers).map(traced)) as Record<QueueName, StageHandler>;
}
