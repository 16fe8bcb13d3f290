import type { MetricRegistry } from './registry.js';

/** A pool of connections, as `pg` has it. */
interface ConnectionPool {
  readonly totalCount: number;
  readonly idleCount: number;
  readonly waitingCount: number;
}

/** Says how a pool of connections is used, and who waits for one. @returns what ends it */
export function measurePool(registry: MetricRegistry, pool: ConnectionPool): () => void {
  const connections = registry.gauge({
    name: 'tallyhouse_database_connections',
    help: 'Connections of the pool by what they do.',
    labels: ['state'],
  });
  const waiting = registry.gauge({
    name: 'tallyhouse_database_waiting_requests',
    help: 'Requests that wait for a connection.',
  });
  return registry.onRead(() => {
    connections.set(pool.idleCount, 'idle');
    connections.set(pool.totalCount - pool.idleCount, 'busy');
    waiting.set(pool.waitingCount);
  });
}
