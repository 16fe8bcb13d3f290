import { randomInt } from 'node:crypto';
import { Module, type DynamicModule } from '@nestjs/common';
import type { Deployment } from '@tallyhouse/chain';
import { createLogger, type ChainConfig, type Config } from '@tallyhouse/config';
import type { Tracing } from '@tallyhouse/telemetry';
import { IndexerProcess } from './indexer-process.js';
import { IndexerService } from './indexer.service.js';
import { openPool } from './rpc/open-pool.js';
import { IndexerStatus } from './status/indexer-status.js';
import { StatusServer } from './status/status-server.js';

const TRACING = Symbol('TRACING');

/** A chain to read, and how. */
export interface IndexedChain {
  readonly deployment: Deployment;
  readonly settings: ChainConfig;
}

/** The indexers of one or several chains, which share nothing but the process and its probes. */
@Module({})
export class IndexerModule {
  public static forRoot(config: Config, chains: readonly IndexedChain[], tracing: Tracing): DynamicModule {
    const statuses = chains.map(({ deployment }) => new IndexerStatus(deployment.chainId, Date.now));
    const logger = createLogger(config, 'indexer');
    const indexers = chains.map(({ deployment, settings }, index) => {
      const pool = openPool(settings.rpcUrls, settings.indexVerify !== 'off');
      const status = statuses[index]!;
      const own = logger.child({ chainId: deployment.chainId });
      const { databaseUrl } = config;
      return new IndexerService({ ...settings, databaseUrl }, deployment, pool, status, own, unforeseen);
    });
    const process = new IndexerProcess(
      config,
      indexers,
      new StatusServer(statuses, config.telemetry.metricsToken),
      logger,
    );
    const providers = [
      { provide: IndexerProcess, useValue: process },
      { provide: TRACING, useValue: tracing },
    ];
    return { module: IndexerModule, providers };
  }
}

const PARTS = 2 ** 32;

/** Not the ordinary generator: an endpoint must not be able to guess which blocks are verified. */
function unforeseen(): number {
  return randomInt(PARTS) / PARTS;
}
