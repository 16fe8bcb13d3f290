import { Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CONFIG, type Config } from '@tallyhouse/config';
import type { EntityTarget, ObjectLiteral } from 'typeorm';

/** The process's one pool of connections. */
@Module({})
export class DatabaseModule {
  public static forRoot(entities: readonly EntityTarget<ObjectLiteral>[] = []): DynamicModule {
    return TypeOrmModule.forRootAsync({
      inject: [CONFIG],
      useFactory: (config: Config) => ({
        type: 'postgres' as const,
        url: config.databaseUrl,
        entities: entities as (() => void)[],
        synchronize: false,
        logging: false,
        retryAttempts: 5,
        retryDelay: 1_000,
        extra: { max: 8, connectionTimeoutMillis: 10_000, idleTimeoutMillis: 30_000 },
      }),
    });
  }
}
