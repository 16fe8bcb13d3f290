import { Global, Module, type DynamicModule } from '@nestjs/common';
import type { Config } from './config.js';

/** Injection token of the parsed {@link Config}. */
export const CONFIG = Symbol('CONFIG');

/** Hands one parsed configuration to every module of a process. */
@Global()
@Module({})
export class ConfigModule {
  public static forRoot(config: Config): DynamicModule {
    return { module: ConfigModule, providers: [{ provide: CONFIG, useValue: config }], exports: [CONFIG] };
  }
}
