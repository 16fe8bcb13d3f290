import { setTimeout as sleep } from 'node:timers/promises';
import { createLogger } from '@tallyhouse/config';
import { IndexerService, type IndexerSettings } from '../../apps/indexer/src/indexer.service.js';
import type { EndpointPool } from '../../apps/indexer/src/rpc/endpoint-pool.js';
import { openPool } from '../../apps/indexer/src/rpc/open-pool.js';
import { IndexerStatus } from '../../apps/indexer/src/status/indexer-status.js';
import { uniform, type FaultWorld } from './fault-world.js';

const DEADLINE_MS = 600_000;

/** The indexer inside this process, for what is done to it from within reach: endpoints and the chain. */
export class OwnIndex {
  private service: IndexerService | undefined;
  private stopped: unknown;
  public status: IndexerStatus;

  private constructor(
    private readonly world: FaultWorld,
    public readonly databaseUrl: string,
  ) {
    this.status = new IndexerStatus(world.deployment.chainId, Date.now);
  }

  public static async open(world: FaultWorld, database: string): Promise<OwnIndex> {
    return new OwnIndex(world, await world.database(database));
  }

  public start(
    settings: Partial<IndexerSettings>,
    pool: EndpointPool = openPool([this.world.rpcUrl], false),
  ): this {
    this.status = new IndexerStatus(this.world.deployment.chainId, Date.now);
    this.service = new IndexerService(
      { databaseUrl: this.databaseUrl, pollIntervalMs: 25, indexVerify: 'off', ...settings },
      this.world.deployment,
      pool,
      this.status,
      createLogger({ logLevel: 'silent' }, 'indexer'),
      uniform(1),
    );
    this.stopped = undefined;
    this.service.run().catch((error: unknown) => (this.stopped = error));
    return this;
  }

  /** Waits until the index stands at the chain's head, hash for hash. */
  public async caughtUp(): Promise<void> {
    const deadline = performance.now() + DEADLINE_MS;
    for (;;) {
      const { hash } = (await this.world.rpc('eth_getBlockByNumber', ['latest', false])) as { hash: string };
      const report = this.status.report();
      if (report.blockHash === hash && report.state === 'FOLLOWING') return;
      if (report.state === 'STOPPED' || performance.now() > deadline)
        throw new Error(`the index does not reach the head: ${JSON.stringify(report)}`, {
          cause: this.stopped,
        });
      await sleep(5);
    }
  }

  public async stop(): Promise<void> {
    await this.service?.stop();
  }
}
