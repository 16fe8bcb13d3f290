import { Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CONFIG, type Config } from '@tallyhouse/config';
import { homeChain } from './home-chain.js';
import { ProcessClock } from './process-clock.js';
import { scopedDataSource } from './viewer/scoped-data-source.js';
import type { Outside } from './viewer/scoped-query-runner.js';

/** The process's one pool of connections, and the time of the database behind it. */
@Module({})
export class DatabaseModule {
  /**
   * @param chainOf the one chain whose facts the process reads; see {@link homeChain}
   * @param outside what a statement outside any scope runs as: the owner in a process that works for nobody in particular,
   * nobody in one that answers strangers
   */
  public static forRoot(
    chainOf: (config: Config) => Promise<{ chainId: number }>,
    outside: Outside,
  ): DynamicModule {
    const connections = TypeOrmModule.forRootAsync({
      inject: [CONFIG],
      useFactory: async (config: Config) => ({
        type: 'postgres' as const,
        url: config.databaseUrl,
        synchronize: false,
        logging: false,
        retryAttempts: 5,
        retryDelay: 1_000,
        extra: {
          ...{ max: 8, connectionTimeoutMillis: 10_000, idleTimeoutMillis: 30_000 },
          options: `${homeChain((await chainOf(config)).chainId)} -c tallyhouse.partner_data=${config.partnerData}`,
        },
      }),
      dataSourceFactory: (options) => scopedDataSource(options!, outside).initialize(),
    });
    return {
      module: DatabaseModule,
      global: true,
      imports: [connections],
      providers: [ProcessClock],
      exports: [connections, ProcessClock],
    };
  }
}
