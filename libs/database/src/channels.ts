import type { EntityManager } from 'typeorm';

/** What processes tell each other through Postgres; a message is a hint to look, never the only carrier of a fact. */
export interface Channels {
  readonly tallyhouse_index: {
    readonly chainId: number;
    readonly blockNumber: number;
    readonly tables: readonly string[];
    readonly rolledBackTo?: number;
  };
  readonly tallyhouse_capture: {
    readonly jobId: string;
    readonly count: number;
    readonly eventIds: readonly string[];
  };
  readonly tallyhouse_model: { readonly family: string; readonly versionId: string; readonly state: string };
  readonly tallyhouse_forecast: { readonly runId: string };
  readonly tallyhouse_ballot: { readonly ballotId: string };
  /** Somebody wants a stage to run now. */
  readonly tallyhouse_stage: { readonly stage: string };
  readonly tallyhouse_finding: { readonly findingId: string; readonly rule: string };
}

export type Channel = keyof Channels;

/** Sends a message when the manager's transaction commits; payload below Postgres's limit of 8,000 bytes. */
export async function notify<Name extends Channel>(
  manager: Pick<EntityManager, 'query'>,
  channel: Name,
  payload: Channels[Name],
): Promise<void> {
  await manager.query('SELECT pg_notify($1, $2)', [channel, JSON.stringify(payload)]);
}
