import { RebuildService, type RebuildOutcome } from '@tallyhouse/supply-chain';
import { connect } from '../up/seed.js';
import type { IndexSource } from './index-source.js';

/** Stores the events that rode on chain and are missing, from the facts of the index alone. */
export async function rebuildEvents({ databaseUrl, deployment }: IndexSource): Promise<RebuildOutcome> {
  const dataSource = await connect(databaseUrl);
  try {
    return await new RebuildService(dataSource).rebuild(deployment.chainId);
  } finally {
    await dataSource.destroy();
  }
}

/** The outcome in lines, the refused batches by name. */
export function outcomeLines(outcome: RebuildOutcome): string[] {
  const { batches, events, present, withoutPayload, refused } = outcome;
  return [
    ...refused.map(({ partner, seq, reason }) => `batch ${seq} of ${partner} is refused: ${reason}`),
    `${events} events in ${batches} batches stored from the chain; ${present} batches were there, ${withoutPayload} carry no events, ${refused.length} are refused`,
  ];
}
