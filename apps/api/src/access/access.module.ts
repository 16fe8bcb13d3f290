import { Global, Module } from '@nestjs/common';
import { IdentityModule } from '@tallyhouse/identity';
import { Gate } from './gate.js';

/** Who is behind a request. */
@Global()
@Module({ imports: [IdentityModule], providers: [Gate], exports: [Gate, IdentityModule] })
export class AccessModule {}
