import { events, toDocument, type SimulatedEvent } from '@tallyhouse/simulation';
import { loopCounts, type LoopCounts } from '../../../apps/cli/src/up/loop-counts.js';
import { waitUntil } from '../../../apps/cli/src/up/wait-until.js';
import { captureByApi } from './api.js';
import type { JourneyStack } from './journey-stack.js';

const EVENTS_A_DOCUMENT = 500;
const ANCHOR_TIMEOUT_MS = 120_000;

/** Captures the world's events that `wanted` picks, by the public mutation, each partner with its own key. */
export async function captureWorld(
  journey: JourneyStack,
  wanted: (event: SimulatedEvent) => boolean,
): Promise<number> {
  const { stack, apiKeys } = journey;
  const byPartner = new Map<number, SimulatedEvent['event'][]>();
  for (const simulated of events(stack.simulated)) {
    if (!wanted(simulated)) continue;
    byPartner.set(simulated.partner, [...(byPartner.get(simulated.partner) ?? []), simulated.event]);
  }
  let stored = 0;
  for (const [partner, list] of byPartner) {
    const key = apiKeys[stack.accounts.partner(partner).address.toLowerCase()]!;
    for (let from = 0; from < list.length; from += EVENTS_A_DOCUMENT) {
      const document = toDocument(
        list.slice(from, from + EVENTS_A_DOCUMENT),
        `${stack.world.start}T00:00:00Z`,
      );
      const job = await captureByApi(stack, document, key);
      if (job.state !== 'SUCCEEDED') throw new Error(`capture job ${job.id} ended ${job.state}`);
      stored += job.stored;
    }
  }
  return stored;
}

/** Waits until every stored event is in a batch that the index shows on chain. */
export function allAnchored({ dataSource }: JourneyStack): Promise<LoopCounts> {
  return waitUntil(
    'every captured event anchored and indexed',
    async () => {
      const counts = await loopCounts(dataSource);
      return counts.captured > 0 && counts.anchored === counts.captured && counts;
    },
    { timeoutMs: ANCHOR_TIMEOUT_MS },
  );
}

/** The first of a query's rows, waited for. */
export function firstRow<Row>(
  { dataSource }: JourneyStack,
  what: string,
  sql: string,
  parameters: readonly unknown[] = [],
  timeoutMs = 60_000,
): Promise<Row> {
  return waitUntil(
    what,
    async () => {
      const rows: Row[] = await dataSource.query(sql, [...parameters]);
      return rows[0];
    },
    { timeoutMs },
  );
}
