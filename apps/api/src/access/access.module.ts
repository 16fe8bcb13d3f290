import { Global, Module } from '@nestjs/common';
import { IdentityModule } from '@tallyhouse/identity';
import { Gate } from './gate.js';
import { SessionGate } from './session-gate.js';
import { Viewings } from './viewing/viewings.js';

/** Who is behind a request. */
@Global()
@Module({
  imports: [IdentityModule],
  providers: [Gate, SessionGate, Viewings],
  exports: [Gate, SessionGate, Viewings, IdentityModule],
})
export class AccessModule {}
