import { Global, Module } from '@nestjs/common';
import { IdentityModule } from '@tallyhouse/identity';
import { Gate } from './gate.js';
import { SessionGate } from './session-gate.js';

/** Who is behind a request. */
@Global()
@Module({
  imports: [IdentityModule],
  providers: [Gate, SessionGate],
  exports: [Gate, SessionGate, IdentityModule],
})
export class AccessModule {}
