import { Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CONFIG, type Config } from '@tallyhouse/config';
import { homeChain } from './home-chain.js';

/** The process's one pool of connections. */
@Module({})
export class DatabaseModule {
  /** @param chainOf the one chain whose facts the process reads; see {@link homeChain} */
  public static forRoot(chainOf: (config: Config) => Promise<{ chainId: number }>): DynamicModule {
    return TypeOrmModule.forRootAsync({
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
          options: homeChain((await chainOf(config)).chainId),
        },
      }),
    });
  }
}
