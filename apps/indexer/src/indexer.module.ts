import { randomInt } from 'node:crypto';
import { Module, type DynamicModule } from '@nestjs/common';
import type { Deployment } from '@tallyhouse/chain';
import { CONFIG, ConfigModule, createLogger, type Config } from '@tallyhouse/config';
import { IndexerProcess } from './indexer-process.js';
import { IndexerService } from './indexer.service.js';
import { openPool } from './rpc/open-pool.js';
import { IndexerStatus } from './status/indexer-status.js';
import { StatusServer } from './status/status-server.js';

/** One chain's indexer with its probes. */
@Module({})
export class IndexerModule {
  public static forRoot(config: Config, deployment: Deployment): DynamicModule {
    const status = new IndexerStatus(deployment.chainId, Date.now);
    return {
      module: IndexerModule,
      imports: [ConfigModule.forRoot(config)],
      providers: [
        { provide: IndexerStatus, useValue: status },
        StatusServer,
        {
          provide: IndexerService,
          inject: [CONFIG],
          useFactory: (settings: Config) =>
            new IndexerService(
              settings,
              deployment,
              openPool(settings.rpcUrls, settings.indexVerify !== 'off'),
              status,
              createLogger(settings, 'indexer'),
              unforeseen,
            ),
        },
        IndexerProcess,
      ],
    };
  }
}

const PARTS = 2 ** 32;

/** Not the ordinary generator: an endpoint must not be able to guess which blocks are verified. */
function unforeseen(): number {
  return randomInt(PARTS) / PARTS;
}
