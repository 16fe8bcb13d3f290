import type { DataSource } from 'typeorm';

/** How a pool of `pg` is used. */
export interface PoolUse {
  readonly totalCount: number;
  readonly idleCount: number;
  /** Requests that wait for a connection. */
  readonly waitingCount: number;
}

/** The pool behind an open DataSource of Postgres; its counts are those of the moment. */
export function poolOf({ driver }: Pick<DataSource, 'driver'>): PoolUse {
  return (driver as unknown as { readonly master: PoolUse }).master;
}
